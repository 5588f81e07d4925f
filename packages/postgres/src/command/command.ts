import type pg from 'pg';

/** The arguments of a command. */
export interface CommandCall {
  readonly operands: readonly string[];
  /** The options, without `--url`. */
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly client: pg.Client;
  readonly url: URL;
  readonly print: (text: string) => void;
}

/**
 * @returns the exit code
 * @throws ConfigurationError for a mistake of the user's
 */
export type Command = (call: CommandCall) => Promise<number>;
