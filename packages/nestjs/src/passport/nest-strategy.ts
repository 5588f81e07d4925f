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
 * Makes the strategy behind `AuthGuard('connect')`. Nest's guard answers every `fail` with 401 and ignores challenges,
 * so this strategy sets the header itself, and passes on refusals other than 401 as exceptions. A 401 remains a `fail`,
 * so that the next strategy is tried.
 */
export function nestStrategy(
  { ConnectStrategy }: typeof ConnectPassport,
  verifier: ConnectAuthVerifier,
  { challenge, passportStrategy: name }: AdapterSettings,
): ConnectPassport.ConnectStrategy {
  class NestConnectStrategy extends ConnectStrategy {
    /** A field is safe here: Passport makes a new object for every request. */
    private record: RequestRecord | undefined;

    override authenticate(req: ConnectRequest): void {
      this.record = recordOf(rawRequest(req));
      const { headers, rawHeaders, url } = headOf(req); // From Fastify, the head of the request that it wraps.
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
      setHeadersWithoutType(req.res as never, answer); // Nest writes the body itself.
      super.refuse(error, req);
    }
  }
  return new NestConnectStrategy(verifier, { name, ...challenge });
}
