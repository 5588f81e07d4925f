import { setMaxListeners } from 'node:events';
import type { Auth } from './auth/auth.js';
import { toAuth } from './auth/to-auth.js';
import { endsAt } from './claims/check-times.js';
import type { ValidClaims } from './claims/valid-claims.js';
import { validateClaims } from './claims/validate-claims.js';
import { isAuthError } from './errors/auth-error.js';
import { IssuerUnavailableError } from './errors/issuer-unavailable-error.js';
import { VerifierEventEmitter } from './events/verifier-events.js';
import { toAcceptedIssuer } from './issuer/accepted-issuer.js';
import { acceptOnAnswer, chooseAnsweringIssuer, confirmLive, resolveKey } from './issuer/ask-issuer.js';
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
 * @throws ConfigurationError naming the option that is not as it should be
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const { issuers: allRules, maxCachedTokens, allowedOrgs, stores, runtime } = resolveOptions(options);
  const events = new VerifierEventEmitter();
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // Each fetch that is under way listens for the end.
  const surroundings = { runtime, stores, events, closed: closing.signal };
  const issuers = new Map(allRules.map((rules) => [rules.issuer, new TrustedIssuer(rules, surroundings)]));
  const verifiedTokens = new VerifiedTokens(maxCachedTokens);
  const revocations = new RevocationList();
  const nowSeconds = () => Math.floor(runtime.now() / 1000);
  const leaveFeed = followFeed(stores.revocations, revocations, nowSeconds, (error) =>
    events.emit('store_failed', { store: 'revocations', error }),
  );

  async function accept(token: string, live: boolean): Promise<Auth> {
    refuseWhenClosed();
    const known = verifiedTokens.recall(token, nowSeconds());
    const { auth, issuer, asked } = known ?? (await acceptAnew(toBearerToken(token), live));
    if (!asked && (live || issuer.isAlwaysAsked)) refuseRevoked([await confirmLive(issuer, auth, nowSeconds)]);
    if (!allowedOrgs.passesAtOnce(auth)) await allowedOrgs.admit(auth);
    revocations.refuseRevoked(auth, nowSeconds()); // Last: a revocation may have come during the wait.
    refuseWhenClosed();
    if (events.listens('accepted')) events.emit('accepted', { auth, cached: known !== undefined, live });
    return auth;
  }

  async function acceptAnew(token: BearerToken, live: boolean): Promise<Accepted> {
    const jwt = parseJwt(token);
    if (jwt === undefined) return acceptOnWord(chooseAnsweringIssuer(issuers.values()), token, live);
    const issuer = chooseIssuer(issuers, jwt);
    checkHeader(jwt.header, issuer.rules);
    const key = issuer.keys.find(jwt.header) ?? (await resolveKey(issuer, jwt.header));
    if (key === undefined) return acceptOnWord(issuer, token, live, jwt);
    const signed = verifySignature(jwt, key);
    const claims = validateClaims(signed, issuer.rules, nowSeconds());
    const auth = toAuth(claims, token, 'jwks', issuer.rules.profile);
    const verified = { auth, issuer, key, endsAt: endsAt(claims, issuer.rules), asked: false } as const;
    verifiedTokens.remember(verified);
    return verified;
  }

  async function acceptOnWord(issuer: TrustedIssuer, token: BearerToken, live: boolean, jwt?: UnverifiedJwt) {
    const fresh = live || issuer.isAlwaysAsked;
    const { auth, accounts } = await acceptOnAnswer(issuer, token, { fresh, nowSeconds, jwt });
    refuseRevoked(accounts);
    return { auth, issuer, asked: true };
  }

  function refuseRevoked(accounts: readonly ValidClaims[]): void {
    for (const account of accounts) revocations.refuseRevoked(revocableOf(account), nowSeconds());
  }

  /** A closed verifier hears of no revocation any more, so it must not vouch for anybody. */
  function refuseWhenClosed(): void {
    if (closing.signal.aborted) throw new IssuerUnavailableError('jwks', 1, { cause: closing.signal.reason });
  }

  return Object.freeze<Verifier>({
    issuers: Object.freeze(allRules.map(toAcceptedIssuer)),
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
      if (known === undefined || known.issuer.isAlwaysAsked || closing.signal.aborted) return undefined;
      if (revocations.revokedBy(known.auth, nowSeconds()) !== undefined) return undefined;
      if (!allowedOrgs.passesAtOnce(known.auth)) return undefined;
      if (events.listens('accepted')) events.emit('accepted', { auth: known.auth, cached: true, live: false });
      return known.auth;
    },
    async resolveKey(token) {
      refuseWhenClosed();
      const jwt = requireJwt(toBearerToken(token));
      const issuer = chooseIssuer(issuers, jwt);
      checkHeader(jwt.header, issuer.rules);
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
      leaveFeed();
      verifiedTokens.clear();
      events.removeAllListeners();
    },
  });
}

/** A token that was accepted: by its signature (a `VerifiedToken`), or because the issuer was asked. */
type Accepted = Pick<VerifiedToken, 'auth' | 'issuer'> & { readonly asked: boolean };
