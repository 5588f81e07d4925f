/** What test files of one group share beside modules: the globals of their environment, its process, and the language's own objects. */
const intrinsics = [
  ...['Object', 'Array', 'Function', 'String', 'Number', 'Boolean', 'Symbol', 'Promise', 'Map', 'Set', 'WeakMap'],
  ...['WeakSet', 'Date', 'RegExp', 'Error', 'Math', 'JSON', 'Reflect', 'URL', 'Headers', 'Request', 'Response'],
];

/** Each file gets its own of these. */
const ofTheFramework = new Set(
  'afterAll afterEach beforeAll beforeEach describe expect fdescribe fit it test xdescribe xit xtest'.split(' '),
);

/** Globals that libraries add when they are first loaded; their modules are kept as well. */
const addedByLibraries = new RegExp(
  `^(${[
    'Reflect\\.[a-zA-Z]+', // reflect-metadata
    'Symbol\\.observable', // symbol-observable
    '(Gql|SwaggerGlobal)[a-zA-Z]+(Host|Storage)', // packages of Nest
    'DEBUG|DEBUG_COLORS|NODE_CLIENT', // Prisma
    'typeormMetadataArgsStorage',
  ].join('|')})$`,
);

/** Globals of which there may be several, each library or copy with its own: tslib, zod, Prisma; `value` is assigned below Nest 11. */
const setByLibraries = /^(__\w+|value|PRISMA_WASM_PANIC_REGISTRY)$/;

export function takeProcessState(global) {
  const { process } = global;
  return new Map([
    ...valuesOf('', global, (name) => !ofTheFramework.has(name)),
    ...intrinsics.flatMap((name) => [
      ...valuesOf(`${name}.`, global[name]),
      ...valuesOf(`${name}.prototype.`, global[name].prototype ?? {}),
    ]),
    ...Object.entries(process.env).map(([name, value]) => [`process.env.${name}`, value]),
    ...process.eventNames().map((name) => [`listeners of process for ${String(name)}`, process.listenerCount(name)]),
    ['process.cwd()', process.cwd()],
    ['process.exitCode', process.exitCode],
  ]);
}

/** Returns the names of what is not as it was. */
export function compareProcessState(before, global) {
  const after = takeProcessState(global);
  const isOfLibraries = (name) => setByLibraries.test(name) || (addedByLibraries.test(name) && !before.has(name));
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => !isSame(before.get(name), after.get(name)) && !isOfLibraries(name),
  );
}

function isSame(before, after) {
  return Object.is(before, after) || before === lazy;
}

/** A global that is defined as an accessor until somebody reads it: nothing changes by that. */
const lazy = Symbol('lazy');

function valuesOf(prefix, object, isMeant = () => true) {
  return Object.entries(Object.getOwnPropertyDescriptors(object))
    .filter(([name]) => isMeant(name))
    .map(([name, descriptor]) => [
      `${prefix}${name}`,
      'value' in descriptor ? descriptor.value : descriptor.set === undefined ? descriptor.get : lazy,
    ]);
}
