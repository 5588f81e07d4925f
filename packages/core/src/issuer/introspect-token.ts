import type { Auth } from '../auth/auth.js';
import { toAuth } from '../auth/to-auth.js';
import type { ClaimProfile } from '../claims/claim-settings.js';
import type { ValidClaims } from '../claims/valid-claims.js';
import { type UncheckedClaims, validateClaims } from '../claims/validate-claims.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { InvalidTokenError } from '../errors/token-errors.js';
import { type IntrospectedClaims, requireActive, requireAgreement } from '../introspection/introspection-response.js';
import type { BearerToken } from '../token/bearer-token.js';
import type { UnverifiedJwt } from '../token/unverified-jwt.js';
import type { TrustedIssuer } from './trusted-issuer.js';

/**
 * Returns the one issuer that introspects opaque tokens. If several would, none does: a token is not shown around to find
 * out which issuer made it.
 *
 * @throws InvalidTokenError `malformed`: without introspection, only a JWT is a token
 */
export function chooseIntrospectingIssuer(issuers: Iterable<TrustedIssuer>): TrustedIssuer {
  const [only, ...others] = [...issuers].filter((issuer) => issuer.acceptsByIntrospection);
  if (only === undefined || others.length > 0) throw new InvalidTokenError('malformed', 'not a JWT');
  return only;
}

/** A token that was accepted by introspection alone. */
export interface IntrospectedToken {
  readonly auth: Auth;
  /** The claims of the response, and those of the JWT if there is one; a revocation may match either. */
  readonly claimSets: readonly ValidClaims[];
}

/**
 * Accepts a token by introspection alone. The claims are the members of the response and nothing else. The claims of a JWT
 * whose signature was not checked count only against it: if they show an expired token, or one that is not an access token
 * for this server, it is refused before the issuer is called.
 *
 * @throws InvalidTokenError, IssuerUnavailableError
 */
export async function acceptByIntrospection(
  issuer: TrustedIssuer,
  token: BearerToken,
  { fresh, nowSeconds, jwt }: { fresh: boolean; nowSeconds: () => number; jwt: UnverifiedJwt | undefined },
): Promise<IntrospectedToken> {
  const lenient = { ...issuer.settings, requiredClaims: [] };
  const own = jwt && validateClaims(jwt.unverifiedPayload as UncheckedClaims, lenient, nowSeconds());
  const response = await introspectActive(issuer, token, fresh);
  const claims = validateClaims(response, issuer.settings, nowSeconds());
  if (own !== undefined) requireAgreement(own, response);
  requireNamedClient(claims, issuer.settings.profile);
  const auth = toAuth(claims, token, 'introspection', issuer.settings.profile);
  return { auth, claimSets: own === undefined ? [claims] : [claims, own] };
}

/**
 * Requires the client in a response. RFC 7662 §2.2 makes it optional, but without it a user's token cannot be told from a
 * machine's. Connect's responses tell by `sub`.
 */
function requireNamedClient({ client_id, azp }: ValidClaims, profile: ClaimProfile): void {
  if (profile === 'standard' && client_id === undefined && azp === undefined) {
    throw new InvalidTokenError('missing_claim', 'client_id');
  }
}

/**
 * Introspects a token that passed the local checks, to learn whether it is still active. The response is checked like a
 * token and must agree with this one; `requiredClaims` need only be in the token.
 *
 * @returns the claims of the response
 * @throws InvalidTokenError, IssuerUnavailableError
 * @throws ConfigurationError if the issuer has no introspection
 */
export async function confirmLive(issuer: TrustedIssuer, auth: Auth, nowSeconds: () => number): Promise<ValidClaims> {
  const response = await introspectActive(issuer, auth.token as BearerToken, true);
  const claims = validateClaims(response, { ...issuer.settings, requiredClaims: [] }, nowSeconds());
  requireAgreement(auth.claims, response);
  return claims;
}

async function introspectActive(
  issuer: TrustedIssuer,
  token: BearerToken,
  fresh: boolean,
): Promise<IntrospectedClaims> {
  if (issuer.introspector === undefined) {
    throw new ConfigurationError('introspection', 'is not configured, and a live check was asked for');
  }
  return requireActive(await issuer.introspector.introspect(token, { fresh }));
}
