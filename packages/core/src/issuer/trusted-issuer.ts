import { Discovery } from '../discovery/discovery.js';
import { InvalidTokenError } from '../errors/token-errors.js';
import type { VerifierEventEmitter } from '../events/verifier-events.js';
import { type IntrospectionHealth, Introspector } from '../introspection/introspector.js';
import { type KeyHealth, KeyStore } from '../keys/key-store.js';
import { jwksLoader } from '../keys/load-jwks.js';
import type { IssuerSettings } from '../options/resolve-issuer.js';
import type { VerifierSharedOptions } from '../options/verifier-options.js';
import type { Runtime } from '../runtime/runtime.js';
import type { UnverifiedJwt } from '../token/unverified-jwt.js';

/** The parts of a verifier that all its issuers share. */
export interface VerifierContext {
  readonly runtime: Runtime;
  readonly stores: NonNullable<VerifierSharedOptions['stores']>;
  readonly events: VerifierEventEmitter;
  readonly closed: AbortSignal;
}

/** The state of one issuer, for a health check. */
export interface IssuerHealth {
  readonly issuer: string;
  readonly keys: KeyHealth;
  readonly introspection?: IntrospectionHealth;
}

/** An issuer on the allow-list, with its settings, its keys and, where introspection is configured, its introspector. */
export class TrustedIssuer {
  readonly keys: KeyStore;
  readonly introspector: Introspector | undefined;

  constructor(
    readonly settings: IssuerSettings,
    { runtime, stores, events, closed }: VerifierContext,
  ) {
    const { issuer, jwksUri, algorithms, introspection } = settings;
    const { source, ...keyTimes } = settings.keys;
    const { timeoutMs } = keyTimes;
    const discovery = new Discovery(issuer, timeoutMs, runtime, closed);
    this.keys = new KeyStore({
      ...keyTimes,
      algorithms,
      load: jwksLoader({ issuer, source, jwksUri, discovery, timeoutMs }, runtime, closed),
      runtime,
      onRefresh: (outcome) =>
        'error' in outcome
          ? events.emit('keys_unavailable', { issuer, ...outcome })
          : events.emit('keys_refreshed', { issuer, ...outcome }),
    });
    this.introspector =
      introspection &&
      new Introspector({
        ...introspection,
        issuer,
        discovery,
        runtime,
        store: stores.introspection,
        closed,
        onIntrospected: (outcome, durationMs) => events.emit('introspected', { issuer, outcome, durationMs }),
        onStoreFailure: (error) => events.emit('store_failed', { store: 'introspection', error }),
      });
  }

  /** Whether introspection alone may accept a token: an opaque one, or a JWT whose key cannot be had. */
  get acceptsByIntrospection(): boolean {
    return this.settings.introspection !== undefined && this.settings.introspection.mode !== 'never';
  }

  /** Whether every token is introspected at every request. */
  get alwaysIntrospects(): boolean {
    return this.settings.introspection?.mode === 'always';
  }

  health(): IssuerHealth {
    const introspection = this.introspector?.health();
    return { issuer: this.settings.issuer, keys: this.keys.health(), ...(introspection && { introspection }) };
  }
}

/**
 * Chooses among the configured issuers by the unverified `iss`, by exact comparison and before any network. The claim is
 * checked again once the signature is.
 *
 * @throws InvalidTokenError `missing_claim`, `wrong_issuer`
 */
export function chooseIssuer(
  issuers: ReadonlyMap<unknown, TrustedIssuer>,
  { unverifiedPayload: { iss } }: UnverifiedJwt,
): TrustedIssuer {
  if (iss === undefined) throw new InvalidTokenError('missing_claim', 'iss');
  const issuer = issuers.get(iss);
  if (issuer === undefined) throw new InvalidTokenError('wrong_issuer');
  return issuer;
}
