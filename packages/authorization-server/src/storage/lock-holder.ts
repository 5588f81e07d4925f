import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The holder of a lock. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** The start time according to the kernel, which differs for another process with the same id. */
  readonly began?: string;
}

export function thisProcess(): Holder {
  const began = beginningOf(process.pid);
  return { pid: process.pid, host: hostname(), ...(began !== undefined && { began }) };
}

/** Tells whether it may still be writing. A process on another machine cannot be checked, and counts as running. */
export async function isRunning({ pid, host, began }: Holder): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists, and belongs to another user.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = beginningOf(pid);
  // The id may have been reused; in a restarted container it always is.
  return began === undefined || now === undefined || began === now;
}

export function describeHolder(holder: Holder | undefined): string {
  return holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
}

/** Returns undefined on systems without /proc, where only the process id counts. */
function beginningOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name in parentheses may contain spaces; starttime is the 20th field after it (proc_pid_stat(5)).
    return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return undefined;
  }
}
