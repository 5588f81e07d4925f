import { parseArgs } from 'node:util';
import type { Command } from './command.js';
import { describeFailure, onDatabase, readUrl } from './connect.js';
import { explainConnection } from './doctor.js';
import { planWalls } from './plan.js';
import { usage } from './usage.js';
import { verifyDatabase } from './verify.js';

interface KnownCommand {
  readonly run: Command;
  readonly options: readonly string[];
  readonly maxOperands: number;
}

const commands: Readonly<Record<string, KnownCommand>> = {
  plan: { run: planWalls, options: ['tables'], maxOperands: 1 },
  verify: { run: verifyDatabase, options: ['schemas', 'column', 'role', 'global', 'json'], maxOperands: 1 },
  doctor: { run: explainConnection, options: [], maxOperands: 0 },
};

type Environment = Readonly<Record<string, string | undefined>>;

/** @returns the exit code: 0, 1 for findings and for what went wrong, 2 for a command that is not one */
export async function main(args: readonly string[], env: Environment): Promise<number> {
  const call = readCall(args);
  if (call === 'help') return say(process.stdout, usage, 0);
  if (call === undefined) return say(process.stderr, usage, 2);
  let url: URL | undefined;
  try {
    const { url: given, ...values } = call.values;
    const found = typeof given === 'string' ? readUrl(given, '--url') : readUrl(env.DATABASE_URL, 'DATABASE_URL');
    url = found;
    return await onDatabase(found, (client) => {
      const print = (text: string) => void say(process.stdout, text, 0);
      return call.command.run({ operands: call.operands, values, client, url: found, print });
    });
  } catch (error) {
    return say(process.stderr, describeFailure(error, url), 1);
  }
}

interface Call {
  readonly command: KnownCommand;
  readonly operands: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

function readCall(args: readonly string[]): Call | 'help' | undefined {
  try {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        url: text,
        tables: text,
        schemas: text,
        column: text,
        role: text,
        global: text,
      },
    });
    if (values.help === true) return 'help';
    const [name = '', ...operands] = positionals;
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined || operands.length > command.maxOperands) return undefined;
    const isKnown = Object.keys(values).every((option) => option === 'url' || command.options.includes(option));
    return isKnown ? { command, operands, values } : undefined;
  } catch {
    // An option that is not one.
    return undefined;
  }
}

function say(stream: NodeJS.WritableStream, text: string, code: number): number {
  stream.write(`${text}\n`);
  return code;
}
