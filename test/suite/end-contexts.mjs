/**
 * Ends the async contexts that test files leave behind. Before Node.js 24 each `AsyncLocalStorage` that was ever used is asked at every
 * promise of the process, until somebody disables it: each file brings those of jest-circus and of its libraries, and a worker that has
 * run a few hundred files spends most of its time on them. One that is used again enables itself.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const used = new Set();
const { prototype } = AsyncLocalStorage;
for (const name of ['run', 'enterWith']) {
  const original = prototype[name];
  prototype[name] = function (...parameters) {
    used.add(this);
    return original.apply(this, parameters);
  };
}

export function endContexts() {
  for (const storage of used) storage.disable();
  used.clear();
}
