import { Discovery } from '../discovery/discovery.js';
import { InvalidTokenError } from '../errors/token-errors.js';
import type { VerifierEventEmitter } from '../events/verifier-events.js';
import { type IntrospectionHealth, Introspector } from '../introspection/introspector.js';
import { type KeyHealth, KeyStore } from '../keys/key-store.js';
import { jwksLoader } from '../keys/load-jwks.js';
import type { ResolvedIssuer } from '../options/resolve-issuer.js';
import type { SharedOptions } from '../options/verifier-options.js';
import type { Runtime } from '../runtime/runtime.js';
import type { UnverifiedJwt } from '../token/unverified-jwt.js';

/** What all issuers of one verifier share. */
export interface Surroundings {
  readonly runtime: Runtime;
  readonly stores: NonNullable<SharedOptions['stores']>;
  readonly events: VerifierEventEmitter;
  readonly closed: AbortSignal;
}

/** Where one issuer stands, for a health check. */
export interface IssuerHealth {
  readonly issuer: string;
  readonly keys: KeyHealth;
  readonly introspection?: IntrospectionHealth;
}

/** An issuer on the allow-list, with its rules, its keys and, where it is asked about tokens, its introspector. */
export class TrustedIssuer {
  readonly keys: KeyStore;
  readonly introspector: Introspector | undefined;

  constructor(
    readonly rules: ResolvedIssuer,
    { runtime, stores, events, closed }: Surroundings,
  ) {
    const { issuer, jwksUri, algorithms, introspection } = rules;
    const { source, ...keyTimes } = rules.keys;
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
        onAnswer: (outcome, durationMs) => events.emit('introspected', { issuer, outcome, durationMs }),
        onStoreFailure: (error) => events.emit('store_failed', { store: 'introspection', error }),
      });
  }

  /** Whether opaque tokens, and JWTs whose key cannot be had, may be taken on the issuer's word. */
  get answersForTokens(): boolean {
    return this.rules.introspection !== undefined && this.rules.introspection.mode !== 'never';
  }

  get isAlwaysAsked(): boolean {
    return this.rules.introspection?.mode === 'always';
  }

  health(): IssuerHealth {
    const introspection = this.introspector?.health();
    return { issuer: this.rules.issuer, keys: this.keys.health(), ...(introspection && { introspection }) };
  }
}

/**
 * Lets the unverified `iss` choose among the configured issuers, by exact comparison and before any network. The claim
 * is checked again once the signature is.
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
