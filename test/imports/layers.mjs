/**
 * Which code may know which. Everything the import check enforces about direction stands in these tables.
 * A new package is an error until it has a line here, and so is a new folder of a package that has a table of folders.
 */

/** Package folder → the packages it may import. */
export const packageLayers = {
  core: [],
  audit: ['core'],
  isolation: ['core', 'audit'],
  express: ['core', 'audit', 'isolation'],
  nestjs: ['core', 'audit', 'isolation', 'passport'],
  passport: ['core', 'isolation'],
  postgres: ['core', 'audit', 'isolation'],
  redis: ['core'],
  testing: ['core'],
  // Every package but the adapters (express, nestjs, passport).
  'authorization-server': ['core', 'audit', 'isolation', 'postgres', 'redis', 'testing'],
};

/**
 * The folders of packages/core/src, lowest first: the path of a request. A folder imports from its own row and from the
 * rows above it in this table. Files directly in src/ (verifier.ts, index.ts) are the last row, and see all.
 */
const coreFolders = [
  ['errors', 'runtime', 'cache'],
  ['request', 'token', 'discovery', 'keys', 'claims', 'introspection'],
  ['auth'],
  // All three speak of an Auth: what it may do, that it was seen, that it was withdrawn. No stage above knows of them.
  ['access', 'events', 'revocation'],
  ['options'],
  // What is known of one request, and the ambient context that leads to it.
  ['frame'],
  // One configured issuer: the stages put together, with the options that hold for it.
  ['issuer'],
];

/**
 * The folders of packages/authorization-server/src, lowest first; read as that of core. What every part works with, the
 * domain, the server that is assembled from it, and what Nest, a seed file and the command make of that server.
 */
const authorizationServerFolders = [
  ['errors', 'runtime'],
  ['storage'],
  ['audit'],
  ['context'],
  ['keys'],
  ['tokens'],
  // What tokens are issued to and for. When one of them goes, its tokens are revoked; no token asks for them by itself.
  ['directory'],
  ['applications'],
  ['credentials'],
  ['api-keys'],
  ['options'],
  ['oauth'],
  ['server'],
  ['management'],
  ['module'],
  ['seed'],
  ['command'],
];

/** Package folder → the rows of its folders. Other packages have no direction between theirs. */
export const folderLayers = { core: coreFolders, 'authorization-server': authorizationServerFolders };

/** The one folder of core that touches the clock, chance and the network; the rest is handed a Runtime. */
export const worldFolder = 'runtime';

/** Globals that only `worldFolder` may use; `object.member`, or a name by itself. */
export const worldGlobals = [
  'Date.now',
  'Math.random',
  'performance.now',
  'process.hrtime',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'WebSocket',
];

/** Built-in modules that only `worldFolder` may import. */
export const worldModules = ['http', 'https', 'http2', 'net', 'tls', 'dns', 'dgram', 'timers', 'perf_hooks'];

/** File names that say nothing about what is inside. */
export const drawerNames = ['utils', 'util', 'helpers', 'helper', 'types', 'constants', 'common', 'misc'];
