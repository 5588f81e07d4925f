import { AsyncResource } from 'node:async_hooks';
import { type Auth, isAuthError, setCurrentAuth, toChallenge } from '@connect-auth/core';
import { keepRefusal } from '@connect-auth/isolation';
import type * as ConnectPassport from '@connect-auth/passport';
import type { ConnectRequest } from '@connect-auth/passport';
import { AuthException } from '../answer/auth.exception.js';
import { setHeaders, setHeadersWithoutType } from '../answer/set-headers.js';
import { keepCaller } from '../audit/watched-requests.js';
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
    /** Says in the frame around the request who is let in. Passport makes an object of its own for every request. */
    private tell: (auth: Auth) => void = () => {};
    private request: object | undefined;

    override authenticate(req: ConnectRequest): void {
      const request = rawRequest(req);
      this.request = request;
      this.tell = AsyncResource.bind((auth: Auth) => setCurrentAuth(request, auth));
      const { headers, rawHeaders, url } = headOf(req); // Of Fastify's request, the one that it wraps.
      super.authenticate({ headers, rawHeaders, url, res: req.res });
    }

    protected override admit(auth: Auth, req: ConnectRequest): void {
      keepCaller(this.request, auth);
      this.tell(auth);
      super.admit(auth, req);
    }

    protected override refuse(error: unknown, req: ConnectRequest): void {
      keepRefusal(this.request, error);
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
