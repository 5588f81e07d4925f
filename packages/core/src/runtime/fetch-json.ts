import type { Runtime } from './runtime.js';

/** 512 KiB: over a hundred times the size of the documents that issuers serve. */
const maxBytes = 512 * 1024;

/** The response is not usable. */
export class UnusableResponseError extends Error {
  override readonly name = 'UnusableResponseError';

  constructor(
    message: string,
    /** The HTTP status of the response. */
    readonly status: number,
  ) {
    super(message);
  }
}

/** The request; with `retry`, a broken connection is tried a second time. */
export interface JsonRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly retry?: boolean;
}

/**
 * Fetches a JSON document from the issuer and trusts the response as little as possible: no redirect is followed, and
 * reading stops at 512 KiB after decompression, so that no response can fill the memory.
 *
 * @throws UnusableResponseError if the response is not a 200, too large or not JSON
 * @throws whatever `runtime.fetch` rejects with
 */
export async function fetchJson(runtime: Runtime, url: string, request: JsonRequest): Promise<unknown> {
  try {
    return await fetchOnce(runtime, url, request);
  } catch (error) {
    if (request.retry !== true || request.signal.aborted || !isBrokenConnection(error)) throw error;
    return await fetchOnce(runtime, url, request);
  }
}

/**
 * Whether the connection broke: a kept-alive one may have been closed by the other side in the meantime. `fetch` then
 * rejects with a TypeError, recognized by its name since the class may be of another realm.
 */
const isBrokenConnection = (error: unknown): boolean => (error as Error | null)?.name === 'TypeError';

async function fetchOnce(runtime: Runtime, url: string, { retry: _, ...request }: JsonRequest): Promise<unknown> {
  const headers = { accept: 'application/json', ...request.headers };
  const response = await runtime.fetch(url, { ...request, headers, redirect: 'manual' });
  if (response.status !== 200) {
    await response.body?.cancel(); // An unread body would keep the socket.
    throw new UnusableResponseError(`answered ${response.status}`, response.status);
  }
  const text = await readText(response);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the document.
    throw new UnusableResponseError('the answer is not JSON', response.status);
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || value === undefined) return Buffer.concat(chunks).toString('utf8');
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel();
      throw new UnusableResponseError(`the answer is larger than ${maxBytes} bytes`, response.status);
    }
    chunks.push(value);
  }
}
