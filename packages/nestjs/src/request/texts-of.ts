/** With whatever scheme in front, it is a token that is not well-formed. */
const malformed = 'Bearer ,';

/**
 * The text of a credential that came in a message: an object of its sender's making, not a header that a parser made a
 * text. What is no text is not turned into one. `String()` would take a list for its only member, and throws where the
 * sender put something of his own in the place of `toString`.
 */
export function textsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [value];
  return [Buffer.isBuffer(value) ? value.toString() : malformed];
}
