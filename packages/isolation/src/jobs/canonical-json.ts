/** Deeper than this no job's data is; without a limit the stack would be it. */
const maxDepth = 256;

/**
 * Writes a JSON value as one text, whichever order its members have: a queue may keep it in a database that sorts them.
 * In the manner of RFC 8785 §3.2, over what `JSON.parse` gives.
 *
 * @throws RangeError for a value that is nested deeper than 256
 * @throws TypeError for what is no JSON value
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
