import type { Line } from './story.js';

export interface Outcome extends Line {
  readonly actual: number;
  /** The header that says most about the answer, if there is one. */
  readonly remark: string;
  readonly asTold: boolean;
}

/** Sends the request of one line and compares. */
export async function play(api: string, line: Line): Promise<Outcome> {
  const [method = 'GET', path = '/'] = line.request.split(' ');
  const headers = line.token === undefined ? {} : { authorization: `Bearer ${line.token}` };
  const response = await fetch(api + path, { method, headers });
  const body = await response.text();
  const asTold = response.status === line.status && (line.told?.(response, body) ?? true);
  return { ...line, actual: response.status, remark: remarkOn(response, body), asTold };
}

function remarkOn({ headers }: Response, body: string): string {
  const retryAfter = headers.get('retry-after');
  const challenge = headers.get('www-authenticate');
  if (retryAfter !== null) return `Retry-After: ${retryAfter}`;
  // These two are the same in every challenge here, and long.
  if (challenge !== null) return challenge.replace(/, (error_description|resource_metadata)="[^"]*"/g, '');
  return body === '' ? '' : summarize(JSON.parse(body));
}

/** The names in a list, or the one member that tells something. */
function summarize(answer: unknown): string {
  if (Array.isArray(answer)) return answer.map(({ name }: { name: string }) => name).join(', ');
  const { verifiedBy, resource, error } = answer as Record<string, string | undefined>;
  return verifiedBy === undefined ? (resource ?? error ?? '') : `verified by ${verifiedBy}`;
}

/** A line of the table. */
export const toRow = ({ title, request, status, actual, remark, asTold }: Outcome): string =>
  [
    asTold ? '  ok ' : '  NO ',
    title.padEnd(32),
    request.padEnd(46),
    asTold ? status : `${actual}, not ${status}`,
    ` ${remark}`,
  ]
    .join(' ')
    .trimEnd();
