import {
  type Auth,
  type ChallengeOptions,
  ConfigurationError,
  extractToken,
  isAuthError,
  MissingTokenError,
  type RequestHead,
  toChallenge,
  type Verifier,
} from '@connect-auth/core';
import {
  acceptToken,
  admitCaller,
  checkKnown,
  checkText,
  type RequestRecord,
  recordOf,
  runInFrame,
  verifierOf,
} from '@connect-auth/core/adapter';
import { PassportBase } from './passport-base.js';

export interface ConnectStrategyOptions extends ChallengeOptions {
  /** The name of the strategy in `passport.authenticate()`. Default: `connect`. */
  readonly name?: string;
}

/** A request, with its response if the framework attaches it, as Express does. */
export interface ConnectRequest extends RequestHead {
  readonly res?: { readonly headersSent: boolean; setHeader(name: string, value: string): unknown } | undefined;
}

/**
 * Authenticates requests by the access token in their Authorization header. `req.user` and `currentAuth()` are then the
 * `Auth` of the caller. The three outcomes are those of Passport: success; fail, with the challenge and the status, if the
 * caller is to blame; error, if the issuer cannot be reached or something is broken.
 *
 * It has no `#private` members: Passport calls it through `Object.create()`, where they would be missing.
 */
export class ConnectStrategy extends PassportBase {
  readonly name: string;
  private readonly verifier: Verifier;
  private readonly challenge: ChallengeOptions;

  /** @throws ConfigurationError if the verifier is not a verifier, or an option is wrong */
  constructor(verifier: Verifier, options: ConnectStrategyOptions = {}) {
    super();
    if (typeof options !== 'object' || options === null) throw new ConfigurationError('options', 'must be an object');
    checkKnown('', options, ['name', 'realm', 'resourceMetadata']);
    const { name = 'connect', ...challenge } = options;
    toChallenge(new MissingTokenError(), challenge); // Throws now if a parameter is not allowed in a header.
    this.name = checkText('name', name);
    this.verifier = verifierOf({ verifier });
    this.challenge = challenge;
  }

  /** Called by Passport. Always ends in one of the three outcomes. */
  authenticate(req: ConnectRequest): void {
    this.decide(req).catch((error: unknown) => this.error(error));
  }

  /** Runs synchronously if the verifier recalls the token: an `async` function does, up to its first `await`. */
  private async decide(req: ConnectRequest): Promise<void> {
    const record = this.recordOf(req);
    try {
      const accepted = acceptToken(record, this.verifier, extractToken(req));
      const auth = accepted instanceof Promise ? await accepted : accepted;
      admitCaller(record, auth);
      record.verified = auth;
    } catch (error) {
      record.admit(undefined);
      runInFrame(record, () => this.refuse(error, req));
      return;
    }
    runInFrame(record, () => this.admit(record.caller as Auth, req));
  }

  /** Finds what is known of a request. To be overridden where a framework wraps the request of Node.js. */
  protected recordOf(req: ConnectRequest): RequestRecord {
    return recordOf(req);
  }

  /** Continues as the verified caller. Override it to require more than a valid token. */
  protected admit(auth: Auth, _req: ConnectRequest): void {
    this.success(auth);
  }

  /** Refuses a request: with `fail` if the caller is to blame, with `error` otherwise. */
  protected refuse(error: unknown, req: ConnectRequest): void {
    if (!isAuthError(error)) {
      this.error(error);
      return;
    }
    const { status, headers } = toChallenge(error, this.challenge);
    const challenge = headers['WWW-Authenticate'];
    if (status >= 500) {
      setHeader(req, 'Retry-After', headers['Retry-After']);
      this.error(error);
    } else if (challenge === undefined) {
      this.fail(status);
    } else {
      // Passport sends challenges only with a 401. If another strategy accepts the request after all, the header is
      // superfluous, which RFC 9110 §11.6.1 allows.
      if (status !== 401) setHeader(req, 'WWW-Authenticate', challenge);
      this.fail(challenge, status);
    }
  }
}

function setHeader({ res }: ConnectRequest, name: string, value: string | undefined): void {
  if (res !== undefined && !res.headersSent && value !== undefined) res.setHeader(name, value);
}
