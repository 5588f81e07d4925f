/** An HTTP request, free of any framework. */
export interface HttpRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** An HTTP response, free of any framework. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | StreamedBody;
}

/** A body that comes piece by piece, each only when the client has taken the one before. */
export interface StreamedBody {
  /** How the body is encoded on the wire; `bytes` yields it decoded. */
  readonly contentEncoding?: 'gzip';
  readonly bytes: (wire: Wire) => AsyncIterable<Uint8Array>;
}

/** What a streamed body may know of its connection. */
export interface Wire {
  /** Aborts when the client has gone. */
  readonly gone: AbortSignal;
  /** Waits a while, at most until the client has gone. In memory no time passes: it waits until then. */
  readonly pause: () => Promise<void>;
}

export function jsonResponse(status: number, value: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** The headers as they are sent: those of the response, and what its body adds. */
export function wireHeaders({ headers, body }: HttpResponse): Record<string, string> {
  if (typeof body === 'string') return { ...headers, 'content-length': String(Buffer.byteLength(body)) };
  return body.contentEncoding === undefined ? { ...headers } : { ...headers, 'content-encoding': body.contentEncoding };
}
