import type { Answer } from '../kit/client.js';

/** What differs from answer to answer, or is Node.js's and Express's own. */
const passing = [
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'x-powered-by',
  'x-request-id',
];

/** Every other header of an answer. */
export const headersOf = ({ headers }: Pick<Answer, 'headers'>): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !passing.includes(name)));

/** The headers of every JSON answer of the token, introspection and revocation endpoints. */
export const oauthHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'WWW-Authenticate',
  'cache-control': 'no-store',
  'content-type': 'application/json; charset=utf-8',
  vary: 'Origin',
  'x-content-type-options': 'nosniff',
};
