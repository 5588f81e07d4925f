import { ConfigurationError } from '@connect-auth/core';
import pg from 'pg';
import { definerSearchPath } from '../wall/context-function.js';

/** @throws ConfigurationError unless it is the URL of a database; the message does not repeat it */
export function readUrl(given: string | undefined, option: string): URL {
  if (given === undefined || given === '') throw new ConfigurationError(option, 'is needed: the URL of a database');
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== 'postgres:' && url?.protocol !== 'postgresql:') {
    throw new ConfigurationError(option, 'must be a URL like postgres://user@host:5432/database');
  }
  return url;
}

/**
 * Works in a read-only transaction that finds no functions but PostgreSQL's own: an administrator may run the command on a
 * database where others can create functions. Set for the transaction, not for the session, which a pooler would give to
 * others.
 */
export async function withReadOnlyClient<Result>(
  url: URL,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 10_000 });
  // If the connection is lost, the query under way rejects as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(`SET LOCAL search_path = ${definerSearchPath}`);
    const result = await work(client);
    await client.query('ROLLBACK');
    return result;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** An error on one line, without the password. */
export function describeFailure(error: unknown, url: URL | undefined): string {
  if (error instanceof ConfigurationError) return error.message;
  const { message = String(error), code } = error as { message?: string; code?: string };
  // If several addresses did not answer, the error has no message.
  const text = [message, code === undefined ? '' : `(${code})`].filter((part) => part !== '').join(' ');
  return [url?.password, decode(url?.password)].reduce<string>(
    (shown, secret) => (secret ? shown.replaceAll(secret, '***') : shown),
    `the database: ${text}`,
  );
}

function decode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
}
