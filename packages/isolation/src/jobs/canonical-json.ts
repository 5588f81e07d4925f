/** The deepest nesting accepted. No job's data goes deeper, and without a limit the stack would set one. */
const maxDepth = 256;

/**
 * Writes a JSON value as one text, regardless of the order of its members, because a queue may keep it in a database
 * that sorts them. Modelled on RFC 8785 §3.2, for the values that `JSON.parse` returns.
 *
 * @throws RangeError for a value that is nested deeper than 256
 * @throws TypeError for a value that is not JSON
 */
export function toCanonicalJson(value: unknown, depth = 0): string {
  if (depth > maxDepth) throw new RangeError('nested too deep');
  if (Array.isArray(value)) return `[${value.map((member) => toCanonicalJson(member, depth + 1)).join(',')}]`;
  if (typeof value === 'object' && value !== null) return writeObject(value as Record<string, unknown>, depth);
  if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
    throw new TypeError('is no JSON value');
  return JSON.stringify(value);
}

function writeObject(object: Record<string, unknown>, depth: number): string {
  const members = Object.keys(object)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${toCanonicalJson(object[name], depth + 1)}`);
  return `{${members.join(',')}}`;
}
