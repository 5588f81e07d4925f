/**
 * Puts a runtime back to where it was before a test file ran, but for the modules that are worth keeping: those of libraries and the
 * packages' own. It reaches into Jest, which has no name for this, and throws where Jest has changed.
 */
const kept = /\/(node_modules|src)\//;
const framework = /\/jest-circus\/build\/jestAdapterInit\.js$/;

export function closeFile(environment, runtime) {
  runtime.restoreAllMocks();
  environment.fakeTimersModern.useRealTimers();
  forgetTests(environment, runtime);
  forget(runtime.registries.getActiveEsmRegistry(), (key) => !key.startsWith('node:') && !kept.test(key));
  forget(runtime.registries.getActiveCjsRegistry(), (key) => !kept.test(key));
}

/** The tests, hooks and handlers of jest-circus lie in the module and on the global object. */
function forgetTests({ global }, runtime) {
  if (forget(runtime.registries.getInternalCjsRegistry(), (key) => framework.test(key)) !== 1) {
    throw new Error('jest-circus keeps its state elsewhere: test/suite/close-file.mjs has to follow.');
  }
  delete global[Symbol.for('EVENT_HANDLERS')];
  for (const symbol of Object.getOwnPropertySymbols(global)) {
    if (symbol.description === 'JEST_STATE_SYMBOL') delete global[symbol];
  }
}

function forget(registry, isForgotten) {
  const keys = [...registry.keys()].filter(isForgotten);
  for (const key of keys) registry.delete(key);
  return keys.length;
}
