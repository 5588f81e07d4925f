/** Not well-formed as a token, whatever scheme is put in front of it. */
const malformed = 'Bearer ,';

/**
 * Returns the text of a credential that came in a message, where it is an object that the sender made, not a header
 * that a parser turned into text. A value that is not text is not converted: `String()` would treat a list as its only
 * member, and throws if the sender put something else in the place of `toString`.
 */
export function textsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [value];
  return [Buffer.isBuffer(value) ? value.toString() : malformed];
}
