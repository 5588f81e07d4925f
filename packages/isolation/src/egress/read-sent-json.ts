/**
 * Parses the text of an answer, or its bytes, as JSON that was serialized earlier. Lines of JSON become a list.
 * Undefined for anything that is not JSON, since it has no fields to look at.
 *
 * @param type the media type, if it is known
 */
export function readSentJson(body: unknown, type: string): unknown {
  const text = textOf(body)?.replace(/^\ufeff/, '');
  if (text === undefined) return undefined;
  if (/\b(?:x-)?(?:ndjson|jsonl|json-seq)\b/i.test(type))
    return text.replaceAll(recordSeparator, '\n').split('\n').map(parsed);
  return /\bjson\b/i.test(type) || /^\s*[{[]/.test(text) ? parsed(text) : undefined;
}

/** Stands in front of each record of `application/json-seq` (RFC 7464 §2.2). */
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
