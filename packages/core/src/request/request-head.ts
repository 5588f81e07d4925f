/** The parts of a request that are read. Requests of Node.js, Express and Fastify fit, and those of the Fetch API. */
export interface RequestHead {
  readonly headers: FetchHeaders | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Alternating names and values, as received (`http.IncomingMessage.rawHeaders`). */
  readonly rawHeaders?: readonly string[] | undefined;
  /** The request target or the whole URL; only its query is read. */
  readonly url?: string | undefined;
}

/** The one method of a Fetch API `Headers` that is used, whichever library made it. */
export interface FetchHeaders {
  get(name: string): string | null;
}

/**
 * Returns every value of the Authorization header. Node.js keeps only the first of several in `headers`, so the raw list
 * is preferred: a proxy in front may have checked another one.
 */
export function authorizationValues(request: RequestHead): readonly string[] {
  const { headers, rawHeaders } = request;
  if (rawHeaders !== undefined && rawHeaders.length > 0) return fromRawHeaders(rawHeaders);
  if (isFetchHeaders(headers)) return listOf(headers.get('authorization') ?? undefined);
  // A plain object may spell one header in several ways.
  return Object.entries(headers)
    .filter(([name]) => isAuthorization(name))
    .flatMap(([, value]) => listOf(value));
}

function fromRawHeaders(rawHeaders: readonly string[]): string[] {
  const values: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    if (isAuthorization(rawHeaders[at] as string)) values.push(rawHeaders[at + 1] as string);
  }
  return values;
}

const isFetchHeaders = (headers: RequestHead['headers']): headers is FetchHeaders =>
  typeof (headers as FetchHeaders).get === 'function';

const isAuthorization = (name: string): boolean =>
  name.length === 'authorization'.length && name.toLowerCase() === 'authorization';

const listOf = (value: string | readonly string[] | undefined): readonly string[] => {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
};
