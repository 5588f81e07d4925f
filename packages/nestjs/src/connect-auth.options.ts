import type { AuditTrail } from '@connect-auth/audit';
import {
  type ChallengeOptions,
  ConfigurationError,
  MissingTokenError,
  type RequestHead,
  toChallenge,
  type VerifierSource,
} from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import type { GuardedCall } from './access/request-check.js';

/** Options for how the module answers, starts and finds tokens. */
export interface AdapterOptions {
  /** The protection space that challenges name (RFC 9110 §11.5). Default: `api`. */
  readonly realm?: string;
  /** The URL of the protected resource metadata (RFC 9728 §5.1), for challenges. Default: not named. */
  readonly resourceMetadata?: string;
  /**
   * Loads the issuers' keys before the application listens, and refuses to start without them. Default: false; the
   * first request loads them, and is answered 503 if they are unavailable.
   */
  readonly waitForKeys?: boolean;
  /**
   * Returns the head that carries the token of a call, for transports and headers of your own. Default: `requestOf`.
   */
  readonly getRequest?: (context: ExecutionContext) => RequestHead;
  /**
   * The name of the strategy for `AuthGuard(…)`, if `@nestjs/passport` and `@connect-auth/passport` are installed.
   * Default: `connect`. Strategies belong to the process: modules with issuers of their own need names of their own.
   */
  readonly passportStrategy?: string;
  /** The audit trail that records every HTTP request when it is over. Default: none. Its creator closes it. */
  readonly audit?: AuditTrail;
}

/** Options of the module: its behaviour, and the verifier's options, which may come from the environment. */
export type ConnectAuthModuleOptions = AdapterOptions & VerifierSource;

/** The options of the adapter, checked and complete. */
export interface AdapterSettings {
  /** Returns a provider of the application that a decorator names. */
  readonly resolve: GuardedCall['resolve'];
  readonly audit: AuditTrail | undefined;
  readonly challenge: ChallengeOptions;
  readonly waitForKeys: boolean;
  readonly getRequest: ((context: ExecutionContext) => RequestHead) | undefined;
  readonly passportStrategy: string;
}

/** @throws ConfigurationError naming the option at fault */
export function splitOptions(options: ConnectAuthModuleOptions): {
  settings: Omit<AdapterSettings, 'resolve'>;
  source: VerifierSource;
} {
  const { realm, resourceMetadata, waitForKeys = false, getRequest, passportStrategy = 'connect', ...rest } = options;
  const { audit, ...source } = rest;
  const challenge = {
    ...(realm !== undefined && { realm }),
    ...(resourceMetadata !== undefined && { resourceMetadata }),
  };
  toChallenge(new MissingTokenError(), challenge); // Fails now if a value cannot stand in a header.
  if (typeof waitForKeys !== 'boolean') throw new ConfigurationError('waitForKeys', 'must be true or false');
  if (getRequest !== undefined && typeof getRequest !== 'function') {
    throw new ConfigurationError('getRequest', 'must be a function');
  }
  if (audit !== undefined && typeof audit?.reserve !== 'function') {
    throw new ConfigurationError('audit', 'must be what createAuditTrail() makes');
  }
  if (typeof passportStrategy !== 'string' || passportStrategy === '') {
    throw new ConfigurationError('passportStrategy', 'must be a name');
  }
  return { settings: { challenge, waitForKeys, getRequest, passportStrategy, audit }, source };
}
