import { ConfigurationError } from '@connect-auth/core';
import { checkText } from '@connect-auth/core/adapter';

/** PostgreSQL, "Identifiers and Key Words": what is longer is cut off, and would name something else. */
const maxIdentifierBytes = 63;

/**
 * The name of a table, a column, a role, to the letter: an upper-case one is not folded.
 *
 * @throws ConfigurationError for what cannot be a name in PostgreSQL
 */
export function checkIdentifier(option: string, value: unknown): string {
  const name = checkText(option, value);
  if (name.includes('\0')) throw new ConfigurationError(option, 'must not hold a NUL character');
  if (Buffer.byteLength(name) > maxIdentifierBytes) {
    throw new ConfigurationError(option, `must have at most ${maxIdentifierBytes} bytes`);
  }
  return name;
}

/** A name as SQL has it: always between double quotes, so that no word is special. */
export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `"schema"."name"` */
export const qualify = (schema: string, name: string): string => `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;

/** A string constant of SQL. With `E`, so that it means the same whatever `standard_conforming_strings` says. */
export const quoteLiteral = (text: string): string =>
  `E'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", "''")}'`;

/** A body between dollar signs, with a tag that the body does not hold. */
export function dollarQuote(body: string, word: string): string {
  let tag = `$${word}$`;
  for (let attempt = 2; body.includes(tag); attempt++) tag = `$${word}${attempt}$`;
  return `${tag}${body}${tag}`;
}

/** One statement that does all of it or nothing. */
export const inOneStatement = (statements: readonly string[], word: string): string =>
  `DO ${dollarQuote(`\nBEGIN\n${statements.map((line) => `  ${line};\n`).join('')}END\n`, word)};`;
