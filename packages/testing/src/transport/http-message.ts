/** An HTTP request, free of any framework. */
export interface HttpRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** Keyed by lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** An HTTP response, free of any framework. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | StreamedBody;
}

/** A body that is sent piece by piece, each only after the client has read the one before. */
export interface StreamedBody {
  /** The encoding of the body as sent; `bytes` yields it decoded. */
  readonly contentEncoding?: 'gzip';
  readonly bytes: (connection: BodyConnection) => AsyncIterable<Uint8Array>;
}

/** The connection of a streamed body. */
export interface BodyConnection {
  /** Aborts when the client leaves. */
  readonly gone: AbortSignal;
  /** Waits a while, at most until the client leaves. In memory, where no time passes, it waits until then. */
  readonly pause: () => Promise<void>;
}

export function jsonResponse(status: number, value: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** Returns the headers to send: those of the response, and those that its body requires. */
export function headersToSend({ headers, body }: HttpResponse): Record<string, string> {
  if (typeof body === 'string') return { ...headers, 'content-length': String(Buffer.byteLength(body)) };
  return body.contentEncoding === undefined ? { ...headers } : { ...headers, 'content-encoding': body.contentEncoding };
}
