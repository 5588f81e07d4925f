import { parseArgs } from 'node:util';
import type { Command } from './command.js';
import { describeFailure, readUrl, withReadOnlyClient } from './connect.js';
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

/** The parts of `process` that the command uses. */
export interface CommandProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** @returns the exit code: 0, 1 for findings and for errors, 2 for arguments that are not a command */
export async function main(args: readonly string[], { env, stdout, stderr }: CommandProcess): Promise<number> {
  const parsed = parseArguments(args);
  if (parsed === 'help') return print(stdout, usage, 0);
  if (parsed === undefined) return print(stderr, usage, 2);
  let url: URL | undefined;
  try {
    const { url: given, ...values } = parsed.values;
    const found = typeof given === 'string' ? readUrl(given, '--url') : readUrl(env.DATABASE_URL, 'DATABASE_URL');
    url = found;
    return await withReadOnlyClient(found, (client) =>
      parsed.command.run({
        operands: parsed.operands,
        values,
        client,
        url: found,
        print: (text) => void print(stdout, text, 0),
      }),
    );
  } catch (error) {
    return print(stderr, describeFailure(error, url), 1);
  }
}

interface ParsedArguments {
  readonly command: KnownCommand;
  readonly operands: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

function parseArguments(args: readonly string[]): ParsedArguments | 'help' | undefined {
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
    // An unknown option.
    return undefined;
  }
}

function print(stream: CommandProcess['stdout'], text: string, code: number): number {
  stream.write(`${text}\n`);
  return code;
}
