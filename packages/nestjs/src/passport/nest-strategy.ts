import { isAuthError, toChallenge } from '@connect-auth/core';
import { type RequestRecord, recordOf } from '@connect-auth/core/adapter';
import type * as ConnectPassport from '@connect-auth/passport';
import type { ConnectRequest } from '@connect-auth/passport';
import { AuthException } from '../answer/auth.exception.js';
import { setHeaders, setHeadersWithoutType } from '../answer/set-headers.js';
import type { AdapterSettings } from '../connect-auth.options.js';
import type { ConnectAuthVerifier } from '../connect-auth.verifier.js';
import { headOf, rawRequest } from '../request/http-request.js';

/**
 * The strategy behind `AuthGuard('connect')`. Nest's guard answers every `fail` by 401 and knows no challenge: this one
 * sets the header itself, and hands over as exceptions what is not 401. A 401 stays a `fail`, for the strategy that is
 * tried next.
 */
export function nestStrategy(
  { ConnectStrategy }: typeof ConnectPassport,
  verifier: ConnectAuthVerifier,
  { challenge, passportStrategy: name }: AdapterSettings,
): ConnectPassport.ConnectStrategy {
  class NestConnectStrategy extends ConnectStrategy {
    /** Passport makes an object of its own for every request. */
    private record: RequestRecord | undefined;

    override authenticate(req: ConnectRequest): void {
      this.record = recordOf(rawRequest(req));
      const { headers, rawHeaders, url } = headOf(req); // Of Fastify's request, the one that it wraps.
      super.authenticate({ headers, rawHeaders, url, res: req.res });
    }

    protected override recordOf(req: ConnectRequest): RequestRecord {
      return this.record ?? super.recordOf(req);
    }

    protected override refuse(error: unknown, req: ConnectRequest): void {
      this.recordOf(req).refusal = error;
      if (!isAuthError(error)) {
        super.refuse(error, req);
        return;
      }
      const answer = toChallenge(error, challenge);
      if (answer.status !== 401) {
        setHeaders(req.res as never, answer);
        this.error(new AuthException(error, answer));
        return;
      }
      setHeadersWithoutType(req.res as never, answer); // The body is Nest's own.
      super.refuse(error, req);
    }
  }
  return new NestConnectStrategy(verifier, { name, ...challenge });
}
