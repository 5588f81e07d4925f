import { checkKnown } from '@connect-auth/core';
import { createEgressCheck, type EgressOptions, keepRefusal, OrgLeakError } from '@connect-auth/isolation';
import type { RequestHandler, Response } from 'express';

/**
 * Looks through every answer before it is sent, and sends 500 `org_leak_blocked` in the place of one that holds data of
 * another organization, wherever that came from: a cache, a search index, another service. Behind `connectAuth()`.
 *
 * It says `Cache-Control: private` and `Vary: Authorization`, too, so that a cache on the way keeps the answer to its
 * caller.
 *
 * It sees what goes through `res.json()`, `res.jsonp()` and `res.send()`: JSON that was made earlier is read again. Streams, files and
 * `res.end()` it does NOT see.
 *
 * @throws ConfigurationError naming the option
 */
export function orgEgress(options: EgressOptions = {}): RequestHandler {
  checkKnown('', options, ['mode', 'except', 'onLeak']);
  const check = createEgressCheck(options);
  return (_req, res, next) => {
    // RFC 9111 §5.2.2.7, RFC 9110 §12.5.5: for a cache on the way. A handler that says `public` later is believed.
    res.vary('Authorization');
    if (res.getHeader('Cache-Control') === undefined) res.set('Cache-Control', 'private');
    if (options.mode !== 'off') watch(res, check);
    next();
  };
}

function watch(res: Response, check: (answer: unknown) => void): void {
  const { json, jsonp, send } = res;
  let isChecked = false;
  const lookAt = (body: unknown, go: () => Response): Response => {
    try {
      check(body);
    } catch (error) {
      if (!(error instanceof OrgLeakError)) throw error;
      keepRefusal(res.req, error);
      Object.assign(res, { json, jsonp, send });
      return sendLeakProblem(res);
    }
    isChecked = true;
    return go();
  };
  res.json = (body) => lookAt(body, () => json.call(res, body));
  res.jsonp = (body) => lookAt(body, () => jsonp.call(res, body));
  res.send = (body) => {
    // Express makes JSON of an object, and comes back with its text.
    const isObject = typeof body === 'object' && body !== null && !ArrayBuffer.isView(body);
    return isChecked || isObject ? send.call(res, body) : lookAt(parsed(body, res), () => send.call(res, body));
  };
}

function sendLeakProblem(res: Response): Response {
  for (const name of ['ETag', 'Last-Modified', 'Content-Disposition', 'Content-Length']) res.removeHeader(name);
  res.set({ 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store' });
  return res.status(500).json(leakProblem);
}

/** What the caller is told (RFC 9457), whatever it was. */
const leakProblem = {
  type: 'about:blank',
  title: 'Internal Server Error',
  status: 500,
  detail: 'The answer was not sent',
  error: 'org_leak_blocked',
} as const;

/** The value of a text that is sent as JSON. What is none is not for this check. */
function parsed(body: unknown, res: Response): unknown {
  if (!/\bjson\b/i.test(String(res.getHeader('Content-Type') ?? ''))) return undefined;
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}
