import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Whether processes can be kept on one core each: without it the two sides of a measurement disturb each other. */
export const canPin = availableParallelism() >= 2 && hasTaskset();

/** Starts a script on one core and waits for its first message. */
export async function startPinned(script, core, env = {}) {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  if (canPin) execFileSync('taskset', ['-a', '-p', '-c', String(core), String(child.pid)], { stdio: 'ignore' });
  const [said] = await once(child, 'message');
  return { child, said };
}

/** Sends a message and waits for the answer. */
export async function ask(child, message) {
  child.send(message);
  const [answer] = await once(child, 'message');
  return answer;
}

function hasTaskset() {
  try {
    execFileSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
