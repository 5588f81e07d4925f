import { type Bearer, tokenNames } from '../fixtures/mint-tokens.js';
import { type PlannedRequest, targetOf } from '../request/planned-request.js';

/** Writes a request as a line for a shell. Holds no token: `$TOKEN_A`, `$TOKEN_B` and so on stand for them. */
export function writeCurlLine(request: PlannedRequest, bearer: Bearer): string {
  const parts = ['curl', '-i'];
  if (request.method === 'HEAD') parts.push('--head');
  else if (request.method !== 'GET') parts.push('-X', request.method);
  parts.push(`"$BASE_URL"${quote(targetOf(request))}`);
  if (bearer !== 'none') parts.push('-H', `"Authorization: Bearer $${tokenNames[bearer]}"`);
  for (const [name, value] of Object.entries(request.headers)) parts.push('-H', quote(`${name}: ${value}`));
  if (request.body !== undefined) {
    parts.push('-H', quote('Content-Type: application/json'), '-d', quote(JSON.stringify(request.body)));
  }
  return parts.join(' ');
}

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
