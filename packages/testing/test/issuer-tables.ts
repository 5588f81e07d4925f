/** Everything that a test issuer can be told, for tables of tests of any package. */
export { signingAlgorithms } from '../src/keys/signing-algorithm.js';
export { failureModes } from '../src/traffic/failure-mode.js';
