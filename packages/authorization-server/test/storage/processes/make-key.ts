import { readOrCreateKey } from '../../../src/keys/encryption-key.js';

// Reads a key file, or makes it, once it is told to.
process.once('message', async () => {
  const { key, isNew } = await readOrCreateKey({ file: process.argv[2] as string });
  process.send?.({ key: key.toString('hex'), isNew });
});

process.send?.({ ready: true });
