import type { Told } from './told.js';

/** One line of the story: a request to the API, and the answer that it must give. */
export interface Line {
  readonly title: string;
  readonly request: `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`;
  readonly token?: string;
  readonly json?: object;
  readonly status: number;
  readonly told?: Told;
}

/** Shortens a body to its most telling part. */
export type Summarize = (body: string) => string;

export interface Outcome {
  readonly asTold: boolean;
  /** The row of the table. */
  readonly row: string;
}

/** Sends the request of one line and compares. */
export async function play(api: string, line: Line, summarize: Summarize): Promise<Outcome> {
  const { title, request, token, json, status, told } = line;
  const [method = 'GET', path = '/'] = request.split(' ');
  const response = await fetch(api + path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const body = await response.text();
  const asTold = response.status === status && (told?.(body, response.headers) ?? true);
  const cells = [
    asTold ? '  ok ' : '  NO ',
    title.padEnd(33),
    request.padEnd(46),
    response.status === status ? status : `${response.status}, not ${status}`,
    '',
    remarkOn(response, body, summarize),
  ];
  return { asTold, row: cells.join(' ').trimEnd() };
}

/** The challenge of a refusal, or else the body in short. */
function remarkOn({ ok, headers }: Response, body: string, summarize: Summarize): string {
  const retryAfter = headers.get('retry-after');
  if (!ok && retryAfter !== null) return `Retry-After: ${retryAfter}`;
  const challenge = headers.get('www-authenticate');
  // These two are the same in every challenge of their kind, and long.
  if (!ok && challenge !== null) return challenge.replace(/, (error_description|resource_metadata)="[^"]*"/g, '');
  return body === '' ? '' : summarize(body);
}
