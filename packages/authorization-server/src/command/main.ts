import { parseArgs } from 'node:util';
import { ConfigurationError } from '@connect-auth/core';
import { describeError } from '../storage/describe-error.js';
import { createApiKey, deleteApiKey, listApiKeys } from './api-key.js';
import { listApplications } from './apps.js';
import type { Command, CommandProcess } from './command.js';
import { listKeys, rotateKeys } from './keys.js';
import { migrateTables } from './migrate.js';
import { seedFromFile } from './seed.js';
import { serve } from './serve.js';
import { usage } from './usage.js';

const commands: Readonly<Record<string, Command>> = {
  serve,
  migrate: migrateTables,
  'keys rotate': rotateKeys,
  'keys list': listKeys,
  'api-key create': createApiKey,
  'api-key list': listApiKeys,
  'api-key delete': deleteApiKey,
  seed: seedFromFile,
  'apps list': listApplications,
};

/** @returns the exit code: 0, 1 for a failure, 2 for an unknown command */
export async function main(
  args: readonly string[],
  { env, stdout, stderr, takeServer }: CommandProcess,
): Promise<number> {
  // A reader that has gone away is not a reason to exit.
  stderr.on('error', () => undefined);
  const call = readCall(args);
  if (call === 'help') return say(stdout, usage, 0);
  if (call === undefined) return say(stderr, usage, 2);
  const { command, operands, server } = call;
  const print = (line: string) => void say(stdout, line, 0);
  try {
    await command({ env, stdout, stderr, operands, server, print, ...(takeServer !== undefined && { takeServer }) });
    return 0;
  } catch (error) {
    // One line for problems that the user can fix; a stack trace for everything else.
    return say(stderr, error instanceof ConfigurationError ? error.message : describeError(error), 1);
  }
}

interface Call {
  readonly command: Command;
  readonly operands: readonly string[];
  readonly server: string | undefined;
}

function readCall(args: readonly string[]): Call | 'help' | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, server: { type: 'string' } },
    });
    if (values.help === true) return 'help';
    for (const words of [2, 1]) {
      const name = positionals.slice(0, words).join(' ');
      const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
      if (command !== undefined) return { command, operands: positionals.slice(words), server: values.server };
    }
  } catch {
    // An unknown option.
  }
  return undefined;
}

function say(stream: NodeJS.WritableStream, text: string, code: number): number {
  stream.write(`${text}\n`);
  return code;
}
