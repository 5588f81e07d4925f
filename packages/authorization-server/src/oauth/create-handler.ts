import type { ServerResponse } from 'node:http';
import type { AuditHttp } from '@connect-auth/audit';
import type { AuditRecorder } from '../audit/audit-recorder.js';
import { UnavailableError } from '../errors/unavailable-error.js';
import type { RateLimit } from '../options/rate-limit.js';
import type { ServerSettings } from '../options/server-settings.js';
import type { NewId } from '../runtime/new-id.js';
import { adoptIssuerHost } from './adopt-issuer-host.js';
import { endpointOf } from './endpoint-of.js';
import type { Engine } from './engine/engine.js';
import { routes } from './engine/routes.js';
import { isTokenLookup, markTokenParameter } from './mark-token-parameter.js';
import type { OAuthHandler } from './oauth-handler.js';
import { ownedPaths } from './owned-paths.js';
import { routeOf } from './route-of.js';

export interface HandlerParts {
  readonly engine: Engine;
  readonly settings: ServerSettings;
  readonly audit: AuditRecorder;
  readonly newId: NewId;
  readonly rateLimit: RateLimit | undefined;
}

/** Returns the OAuth endpoints as a middleware, which passes all other requests on to the application. */
export function createHandler({ engine, settings, audit, newId, rateLimit }: HandlerParts): OAuthHandler {
  const issuer = new URL(settings.issuer);
  const ssoJwksPath = `/sso/jwks/${settings.environmentClientId}`;
  const isOwnedPath = ownedPaths(settings.profile);
  return async (req, res, next) => {
    const asked = (req.url ?? '/').split('?', 1)[0] as string;
    // WorkOS's SDKs look for the same JWK Set here: `getJwksUrl()`.
    const path = asked === ssoJwksPath ? routes.jwks : asked;
    if (!isOwnedPath(path)) return next();
    if (path !== asked) req.url = path;
    try {
      const requestId = newId('request_');
      res.setHeader('X-Request-ID', requestId);
      res.setHeader('X-Content-Type-Options', 'nosniff');

      const refusal = await rateLimit?.({
        endpoint: endpointOf(path),
        ip: req.ip ?? req.socket.remoteAddress,
        request: req,
      });
      if (refusal) return answerTooManyRequests(res, refusal.retryAfterSeconds);
      if (isTokenLookup(req.method, path) && !(await markTokenParameter(req))) return answerTooLarge(res);

      adoptIssuerHost(req, issuer);
      const http = { method: req.method ?? 'GET', route: routeOf(path), request_id: requestId };
      await recordUnder(audit, http, () => engine.handle(req, res));
    } catch (error) {
      if (error instanceof UnavailableError && !res.headersSent) answerUnavailable(res);
      else next(error);
    }
  };
}

/** Handles a request with room in the audit trail for what it does. @throws UnavailableError if there is none */
async function recordUnder(audit: AuditRecorder, http: AuditHttp, handle: () => Promise<void>): Promise<void> {
  const slot = audit.reserve(http.method);
  try {
    await audit.as({ actor: { type: 'system', id: 'system' }, http, slot }, handle);
  } finally {
    slot?.release();
  }
}

function answerUnavailable(res: ServerResponse): void {
  res.setHeader('Retry-After', '5');
  answer(res, 503, { error: 'temporarily_unavailable', error_description: 'the server cannot reach what it needs' });
}

function answerTooManyRequests(res: ServerResponse, retryAfterSeconds: number): void {
  res.setHeader('Retry-After', String(Math.max(1, Math.ceil(retryAfterSeconds))));
  answer(res, 429, { error: 'temporarily_unavailable', error_description: 'too many requests' });
}

function answerTooLarge(res: ServerResponse): void {
  res.setHeader('Connection', 'close');
  answer(res, 413, { error: 'invalid_request', error_description: 'the request body is too large' });
}

function answer(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  res.end(JSON.stringify(body));
}
