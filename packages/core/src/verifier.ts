import { setMaxListeners } from 'node:events';
import type { Auth } from './auth/auth.js';
import { toAuth } from './auth/to-auth.js';
import { expiryOf } from './claims/check-times.js';
import type { ValidClaims } from './claims/valid-claims.js';
import { validateClaims } from './claims/validate-claims.js';
import { isAuthError } from './errors/any-auth-error.js';
import { IssuerUnavailableError } from './errors/issuer-unavailable-error.js';
import { VerifierEventEmitter } from './events/verifier-events.js';
import { toAcceptedIssuer } from './issuer/accepted-issuer.js';
import { acceptByIntrospection, chooseIntrospectingIssuer, confirmLive } from './issuer/introspect-token.js';
import { resolveKey } from './issuer/resolve-key.js';
import { chooseIssuer, TrustedIssuer } from './issuer/trusted-issuer.js';
import { type VerifiedToken, VerifiedTokens } from './issuer/verified-tokens.js';
import { resolveOptions } from './options/resolve-options.js';
import type { VerifierOptions } from './options/verifier-options.js';
import { followFeed } from './revocation/follow-feed.js';
import { revocableOf } from './revocation/revocable.js';
import { RevocationList } from './revocation/revocation-list.js';
import { type BearerToken, toBearerToken } from './token/bearer-token.js';
import { checkHeader } from './token/check-header.js';
import { parseJwt, requireJwt } from './token/parse-jwt.js';
import type { UnverifiedJwt } from './token/unverified-jwt.js';
import { verifySignature } from './token/verify-signature.js';
import type { Verifier } from './verifier-interface.js';

/**
 * Checks the options and makes a verifier. Nothing is fetched before the first token, or `ready()`.
 *
 * @throws ConfigurationError naming the option at fault
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const { issuers: allSettings, maxCachedTokens, allowedOrgs, stores, runtime } = resolveOptions(options);
  const events = new VerifierEventEmitter();
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // Each fetch in flight adds a listener.
  const context = { runtime, stores, events, closed: closing.signal };
  const issuers = new Map(allSettings.map((settings) => [settings.issuer, new TrustedIssuer(settings, context)]));
  const verifiedTokens = new VerifiedTokens(maxCachedTokens);
  const revocations = new RevocationList();
  const nowSeconds = () => Math.floor(runtime.now() / 1000);
  const unsubscribe = followFeed(stores.revocations, revocations, nowSeconds, (error) =>
    events.emit('store_failed', { store: 'revocations', error }),
  );

  async function accept(token: string, live: boolean): Promise<Auth> {
    refuseWhenClosed();
    const known = verifiedTokens.recall(token, nowSeconds());
    const { auth, issuer, introspected } = known ?? (await acceptAnew(toBearerToken(token), live));
    if (!introspected && (live || issuer.alwaysIntrospects)) {
      refuseRevoked([await confirmLive(issuer, auth, nowSeconds)]);
    }
    if (!allowedOrgs.admitsAtOnce(auth)) await allowedOrgs.admit(auth);
    revocations.refuseRevoked(auth, nowSeconds()); // Last: a revocation may have come during the wait.
    refuseWhenClosed();
    if (events.listens('accepted')) events.emit('accepted', { auth, cached: known !== undefined, live });
    return auth;
  }

  async function acceptAnew(token: BearerToken, live: boolean): Promise<Accepted> {
    const jwt = parseJwt(token);
    if (jwt === undefined) return introspect(chooseIntrospectingIssuer(issuers.values()), token, live);
    const issuer = chooseIssuer(issuers, jwt);
    checkHeader(jwt.header, issuer.settings);
    const key = issuer.keys.find(jwt.header) ?? (await resolveKey(issuer, jwt.header));
    if (key === undefined) return introspect(issuer, token, live, jwt);
    const signed = verifySignature(jwt, key);
    const claims = validateClaims(signed, issuer.settings, nowSeconds());
    const auth = toAuth(claims, token, 'jwks', issuer.settings.profile);
    const validUntil = expiryOf(claims, issuer.settings);
    const verified = { auth, issuer, key, validUntil, introspected: false } as const;
    verifiedTokens.remember(verified);
    return verified;
  }

  async function introspect(issuer: TrustedIssuer, token: BearerToken, live: boolean, jwt?: UnverifiedJwt) {
    const fresh = live || issuer.alwaysIntrospects;
    const { auth, claimSets } = await acceptByIntrospection(issuer, token, { fresh, nowSeconds, jwt });
    refuseRevoked(claimSets);
    return { auth, issuer, introspected: true };
  }

  function refuseRevoked(claimSets: readonly ValidClaims[]): void {
    for (const claims of claimSets) revocations.refuseRevoked(revocableOf(claims), nowSeconds());
  }

  /** A closed verifier receives no more revocations, so it must not accept anybody. */
  function refuseWhenClosed(): void {
    if (closing.signal.aborted) throw new IssuerUnavailableError('jwks', 1, { cause: closing.signal.reason });
  }

  return Object.freeze<Verifier>({
    issuers: Object.freeze(allSettings.map(toAcceptedIssuer)),
    async verify(token, options) {
      try {
        return await accept(token, Boolean(options?.live));
      } catch (error) {
        if (isAuthError(error)) events.emit('refused', { error });
        throw error;
      }
    },
    recall(token) {
      const known = verifiedTokens.recall(token, nowSeconds());
      if (known === undefined || known.issuer.alwaysIntrospects || closing.signal.aborted) return undefined;
      if (revocations.revokedBy(known.auth, nowSeconds()) !== undefined) return undefined;
      if (!allowedOrgs.admitsAtOnce(known.auth)) return undefined;
      if (events.listens('accepted')) events.emit('accepted', { auth: known.auth, cached: true, live: false });
      return known.auth;
    },
    async resolveKey(token) {
      refuseWhenClosed();
      const jwt = requireJwt(toBearerToken(token));
      const issuer = chooseIssuer(issuers, jwt);
      checkHeader(jwt.header, issuer.settings);
      return (await issuer.keys.resolve(jwt.header)).keyObject;
    },
    async ready() {
      await Promise.all([...issuers.values()].map((issuer) => issuer.keys.ready()));
    },
    health() {
      const healths = [...issuers.values()].map((issuer) => issuer.health());
      return { ready: healths.every(({ keys }) => keys.usable), issuers: healths };
    },
    async revoke(revocation) {
      revocations.add(revocation, nowSeconds());
      await stores.revocations?.publish(revocation);
    },
    on: (name, listener) => events.on(name, listener),
    async close() {
      closing.abort(new Error('the verifier is closed'));
      unsubscribe();
      verifiedTokens.clear();
      events.removeAllListeners();
    },
  });
}

/** A token that was accepted: by its signature (a `VerifiedToken`), or by introspection. */
type Accepted = Pick<VerifiedToken, 'auth' | 'issuer'> & { readonly introspected: boolean };
