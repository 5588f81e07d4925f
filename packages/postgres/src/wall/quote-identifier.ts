import { ConfigurationError } from '@connect-auth/core';
import { checkText } from '@connect-auth/core/adapter';

/** A longer name is cut off, and would name something else (PostgreSQL, "Identifiers and Key Words"). */
const maxIdentifierBytes = 63;

/**
 * Checks the name of a table, column or role. It is taken literally: upper case is not folded.
 *
 * @throws ConfigurationError for a value that cannot be a name in PostgreSQL
 */
export function checkIdentifier(option: string, value: unknown): string {
  const name = checkText(option, value);
  if (name.includes('\0')) throw new ConfigurationError(option, 'must not hold a NUL character');
  if (Buffer.byteLength(name) > maxIdentifierBytes) {
    throw new ConfigurationError(option, `must have at most ${maxIdentifierBytes} bytes`);
  }
  return name;
}

/** Always between double quotes, so that no name is a keyword. */
export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `"schema"."name"` */
export const qualify = (schema: string, name: string): string => `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;

/** A string constant. With `E`, it means the same under either setting of `standard_conforming_strings`. */
export const quoteLiteral = (text: string): string =>
  `E'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", "''")}'`;

/** A dollar-quoted string, with a tag that the body does not contain. */
export function dollarQuote(body: string, word: string): string {
  let tag = `$${word}$`;
  for (let attempt = 2; body.includes(tag); attempt++) tag = `$${word}${attempt}$`;
  return `${tag}${body}${tag}`;
}

/** Wraps statements in a single one, which does all of them or nothing. */
export const inOneStatement = (statements: readonly string[], word: string): string =>
  `DO ${dollarQuote(`\nBEGIN\n${statements.map((line) => `  ${line};\n`).join('')}END\n`, word)};`;
