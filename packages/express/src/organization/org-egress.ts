import { recordOf } from '@connect-auth/core/adapter';
import { createEgressCheck, type EgressCheck, type EgressOptions, OrgLeakError } from '@connect-auth/isolation';
import { contentHeaders, leakProblem, leakProblemHeaders, readSentJson } from '@connect-auth/isolation/adapter';
import type { RequestHandler, Response } from 'express';

/**
 * Checks JSON before it is sent, and sends 500 `org_leak_blocked` in place of an answer that holds data of another
 * organization, wherever that came from: a cache, a search index, another service. Belongs behind `connectAuth()`.
 *
 * Also sets `Cache-Control: private` and `Vary: Authorization`, so that a cache on the way keeps the answer to its
 * caller.
 *
 * Sees everything that goes through `res.json()`, `res.jsonp()` and `res.send()`: JSON that was serialized earlier is
 * parsed again. It does NOT see pages of HTML, streams, files, `res.write()` and `res.end()`.
 *
 * @throws ConfigurationError naming the option
 */
export function orgEgress(options: EgressOptions = {}): RequestHandler {
  const check = createEgressCheck(options);
  return (_req, res, next) => {
    // RFC 9111 §5.2.2.7, RFC 9110 §12.5.5: for a cache on the way. A handler may still set `public` later.
    res.vary('Authorization');
    if (res.getHeader('Cache-Control') === undefined) res.set('Cache-Control', 'private');
    if (options.mode !== 'off') watch(res, check);
    next();
  };
}

function watch(res: Response, check: EgressCheck): void {
  const { json, jsonp, send } = res;
  const earlier = new Set(res.getHeaderNames());
  let isInside = false;
  const lookAt = (body: unknown, go: () => Response): Response => {
    if (isInside) return go();
    try {
      check(body, recordOf(res.req).verified?.orgId);
    } catch (error) {
      if (!(error instanceof OrgLeakError)) throw error;
      recordOf(res.req).refusal = error;
      Object.assign(res, { json, jsonp, send });
      return sendLeakProblem(res, earlier);
    }
    isInside = true;
    try {
      return go();
    } finally {
      isInside = false;
    }
  };
  res.json = (...args) => lookAt(args.at(-1), () => json.apply(res, args));
  res.jsonp = (...args) => lookAt(args.at(-1), () => jsonp.apply(res, args));
  res.send = (...args) => {
    const body: unknown = args.at(-1);
    // Express serializes an object and comes back with its text: a body that was checked already is not parsed again.
    const isObject = typeof body === 'object' && body !== null && !ArrayBuffer.isView(body);
    if (isObject || isInside) return send.apply(res, args);
    return lookAt(readSentJson(body, String(res.getHeader('Content-Type') ?? '')), () => send.apply(res, args));
  };
}

/** Removes the headers that the handler has set, because they describe the answer that is not sent. */
function sendLeakProblem(res: Response, earlier: ReadonlySet<string>): Response {
  for (const name of res.getHeaderNames()) {
    if (!earlier.has(name) || contentHeaders.includes(name)) res.removeHeader(name);
  }
  return res.status(leakProblem.status).set(leakProblemHeaders).json(leakProblem);
}
