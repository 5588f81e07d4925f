import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who has a lock. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the kernel tells it: another process with the same id began at another time. */
  readonly began?: string;
}

export function thisProcess(): Holder {
  const began = beginningOf(process.pid);
  return { pid: process.pid, host: hostname(), ...(began !== undefined && { began }) };
}

/** Whether it may still be writing. Of a process on another machine nothing can be known: it counts as running. */
export async function isRunning({ pid, host, began }: Holder): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = beginningOf(pid);
  // Its number was given to another process; in a container that was started again it is always the same.
  return began === undefined || now === undefined || began === now;
}

export function describeHolder(holder: Holder | undefined): string {
  return holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
}

/** Where the system has no /proc: undefined, and only the process id counts. */
function beginningOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name in parentheses may hold spaces; starttime is the 20th field after it (proc_pid_stat(5)).
    return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return undefined;
  }
}
