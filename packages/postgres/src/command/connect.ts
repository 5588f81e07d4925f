import { ConfigurationError } from '@connect-auth/core';
import pg from 'pg';
import { definerSearchPath } from '../wall/context-function.js';

/** @throws ConfigurationError unless there is the URL of a database; what was given is not repeated */
export function readUrl(given: string | undefined, option: string): URL {
  if (given === undefined || given === '') throw new ConfigurationError(option, 'is needed: the URL of a database');
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== 'postgres:' && url?.protocol !== 'postgresql:') {
    throw new ConfigurationError(option, 'must be a URL like postgres://user@host:5432/database');
  }
  return url;
}

/**
 * Work in a transaction that can write nothing, and that calls nothing but PostgreSQL's own functions: an administrator may
 * ask where others can create some. A session that is so would remain so for others behind a pooler.
 */
export async function onDatabase<Result>(url: URL, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 10_000 });
  // A connection that is lost fails the query that is under way, too.
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

/** An error in a line, without the password. */
export function describeFailure(error: unknown, url: URL | undefined): string {
  if (error instanceof ConfigurationError) return error.message;
  const { message = String(error), code } = error as { message?: string; code?: string };
  // Several addresses that did not answer are one error without a message.
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
