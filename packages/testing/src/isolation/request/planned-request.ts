/** A request that is ready to be sent, except for its token. */
export interface PlannedRequest {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; `undefined` for none. */
  readonly body: unknown;
  /** The values that differ between requests to the same route, by name. */
  readonly ids: Readonly<Record<string, string>>;
}

export function targetOf({ path, query }: PlannedRequest): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Returns everything the sender already knew, in lower case: an answer that repeats it betrays nothing. */
export function requestText(request: PlannedRequest): string {
  const known = [
    request.path,
    decodeLeniently(request.path),
    request.query,
    request.headers,
    request.body,
    request.ids,
  ];
  return known
    .map((part) => (typeof part === 'string' ? part : (JSON.stringify(part) ?? '')))
    .join('\n')
    .toLowerCase();
}

function decodeLeniently(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
