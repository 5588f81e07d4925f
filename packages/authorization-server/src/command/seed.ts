import { ConfigurationError } from '@connect-auth/core';
import { applySeed } from '../seed/apply-seed.js';
import { describeSeed } from '../seed/describe-seed.js';
import { readSeedFile } from '../seed/seed-file.js';
import { type Command, withServer } from './command.js';

/** `seed FILE`: creates what does not exist yet, and prints the new credentials. */
export const seedFromFile: Command = async (call) => {
  const [file] = call.operands;
  if (file === undefined) throw new ConfigurationError('seed', 'needs a file');
  const seed = await readSeedFile(file);
  const report = await withServer(call, 'seed', (server) => applySeed(server, seed));
  call.print(describeSeed(report));
};
