/** What is read of a request: a Node.js or Express or Fastify request, a Fetch API `Request`, or an object like them. */
export interface RequestHead {
  readonly headers: FetchHeaders | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Names and values in turn, as they came over the wire (`http.IncomingMessage.rawHeaders`). */
  readonly rawHeaders?: readonly string[] | undefined;
  /** The request target or the whole URL; only its query is looked at. */
  readonly url?: string | undefined;
}

/** The one method that is used of a Fetch API `Headers`, whichever library made it. */
export interface FetchHeaders {
  get(name: string): string | null;
}

/**
 * Every value of the Authorization header, however often it was sent. Node.js keeps only the first of several in
 * `headers`, so the raw list is asked first: a proxy in front may have checked the other one.
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
