import type pg from 'pg';

/** What a command is called with. */
export interface CommandCall {
  readonly operands: readonly string[];
  /** The options, without those of the connection. */
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly client: pg.Client;
  readonly url: URL;
  readonly print: (text: string) => void;
}

/**
 * @returns the exit code
 * @throws ConfigurationError for what its user can put right
 */
export type Command = (call: CommandCall) => Promise<number>;
