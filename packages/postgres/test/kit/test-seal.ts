/** The key of the seals in tests. */
export const testSeal = { kid: 'k1', key: new Uint8Array(32).fill(7) };
