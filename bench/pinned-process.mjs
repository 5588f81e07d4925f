import { execFileSync, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Whether processes can be kept on one core each: without it the two sides of a measurement disturb each other. */
export const canPin = availableParallelism() >= 2 && hasTaskset();

/** Starts a script on one core and waits for its first message. */
export async function startPinned(script, core, env = {}) {
  const child = start(script, env);
  if (canPin) execFileSync('taskset', ['-a', '-p', '-c', String(core), String(child.pid)], { stdio: 'ignore' });
  return { child, said: await answerOf(child) };
}

/** Starts a script on whichever core is free, and waits for its first message. */
export async function startFree(script, env = {}) {
  const child = start(script, env);
  return { child, said: await answerOf(child) };
}

/** Sends a message and waits for the answer. */
export async function ask(child, message) {
  child.send(message);
  return await answerOf(child);
}

const start = (script, env) =>
  fork(fileURLToPath(new URL(script, import.meta.url)), { env: { ...process.env, NODE_ENV: 'production', ...env } });

/** What a process says next; throws if it ends without a word. */
function answerOf(child) {
  return new Promise((resolve, reject) => {
    const onEnd = () => {
      child.off('message', onMessage);
      reject(new Error(`${child.spawnargs.at(-1)} ended before it answered`));
    };
    const onMessage = (said) => {
      child.off('disconnect', onEnd);
      resolve(said);
    };
    child.once('message', onMessage);
    child.once('disconnect', onEnd);
  });
}

function hasTaskset() {
  try {
    execFileSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
