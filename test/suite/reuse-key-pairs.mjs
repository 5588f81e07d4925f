/**
 * An RSA key pair takes 150 ms to make, and the tests ask for thousands: each has an issuer or a server of its own. So they are made
 * once in a worker. The n-th pair that a test file asks for is the n-th of its worker: within a file no two are the same.
 */
import crypto from 'node:crypto';

const made = new Map();
const asked = new Map();

/** The file that comes next may have those of the files before it. */
export function reuseKeyPairs() {
  asked.clear();
}

function take(kind, make) {
  const index = asked.get(kind) ?? 0;
  asked.set(kind, index + 1);
  if (!made.has(kind)) made.set(kind, []);
  const pairs = made.get(kind);
  pairs[index] ??= make();
  return pairs[index];
}

const { generateKeyPairSync } = crypto;
crypto.generateKeyPairSync = (type, options, ...rest) => {
  const make = () => generateKeyPairSync(type, options, ...rest);
  const isPlainRsa = type === 'rsa' && Object.keys(options).join() === 'modulusLength';
  return isPlainRsa ? { ...take(`rsa ${options.modulusLength}`, make) } : make();
};

const subtle = Object.getPrototypeOf(crypto.webcrypto.subtle);
const { generateKey } = subtle;
subtle.generateKey = async function (algorithm, extractable, usages) {
  const make = () => generateKey.call(this, algorithm, extractable, usages);
  if (!/^RSA/.test(algorithm?.name)) return make();
  const parameters = { ...algorithm, publicExponent: [...algorithm.publicExponent] };
  return { ...(await take(JSON.stringify([parameters, extractable, usages]), make)) };
};
