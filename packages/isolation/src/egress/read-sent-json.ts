/**
 * The value of a text, or of its bytes, that is sent as an answer: JSON that was made earlier. Lines of JSON are a list.
 * What is no JSON has no fields to look at, and is undefined.
 *
 * @param type the media type, where it is known
 */
export function readSentJson(body: unknown, type: string): unknown {
  const text = textOf(body)?.replace(/^\ufeff/, '');
  if (text === undefined) return undefined;
  if (/\b(?:x-)?(?:ndjson|jsonl|json-seq)\b/i.test(type))
    return text.replaceAll(recordSeparator, '\n').split('\n').map(parsed);
  return /\bjson\b/i.test(type) || /^\s*[{[]/.test(text) ? parsed(text) : undefined;
}

/** In front of each record of `application/json-seq` (RFC 7464 §2.2). */
const recordSeparator = String.fromCharCode(0x1e);

function textOf(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  if (!ArrayBuffer.isView(body)) return undefined;
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
