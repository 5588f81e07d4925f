import type { Auth } from '../auth/auth.js';
import { toAuth } from '../auth/to-auth.js';
import type { ClaimProfile } from '../claims/claim-rules.js';
import type { ValidClaims } from '../claims/valid-claims.js';
import { type UncheckedClaims, validateClaims } from '../claims/validate-claims.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { IssuerUnavailableError } from '../errors/issuer-unavailable-error.js';
import { InvalidTokenError } from '../errors/token-errors.js';
import { type AnsweredClaims, requireActive, requireAgreement } from '../introspection/introspection-answer.js';
import type { VerificationKey } from '../keys/verification-key.js';
import type { BearerToken } from '../token/bearer-token.js';
import type { JwtHeader, UnverifiedJwt } from '../token/unverified-jwt.js';
import type { TrustedIssuer } from './trusted-issuer.js';

/** The key for a header; or `undefined` if the keys cannot be had and the issuer is to be asked about the token. */
export async function resolveKey(issuer: TrustedIssuer, header: JwtHeader): Promise<VerificationKey | undefined> {
  try {
    return await issuer.keys.resolve(header);
  } catch (error) {
    if (error instanceof IssuerUnavailableError && issuer.answersForTokens) return undefined;
    throw error;
  }
}

/**
 * The one issuer that opaque tokens are asked about. With several there is none: a token is not shown around to find out
 * whose it is.
 *
 * @throws InvalidTokenError `malformed`: where nobody is asked, a token that is no JWT is not a token
 */
export function chooseAnsweringIssuer(issuers: Iterable<TrustedIssuer>): TrustedIssuer {
  const [only, ...others] = [...issuers].filter((issuer) => issuer.answersForTokens);
  if (only === undefined || others.length > 0) throw new InvalidTokenError('malformed', 'not a JWT');
  return only;
}

/** A token that was taken on the issuer's word, and every account of it that there is. */
export interface WordAccepted {
  readonly auth: Auth;
  readonly accounts: readonly ValidClaims[];
}

/**
 * Takes a token on the issuer's word alone. The claims are the fields of the answer and nothing else. What a JWT says
 * whose signature nobody checked can only speak against it: one that shows that it is no access token for this server, or
 * is over, is refused before anybody is asked.
 *
 * @throws InvalidTokenError, IssuerUnavailableError
 */
export async function acceptOnAnswer(
  issuer: TrustedIssuer,
  token: BearerToken,
  { fresh, nowSeconds, jwt }: { fresh: boolean; nowSeconds: () => number; jwt: UnverifiedJwt | undefined },
): Promise<WordAccepted> {
  const lenient = { ...issuer.rules, requiredClaims: [] };
  const own = jwt && validateClaims(jwt.unverifiedPayload as UncheckedClaims, lenient, nowSeconds());
  const answer = await askAbout(issuer, token, fresh);
  const claims = validateClaims(answer, issuer.rules, nowSeconds());
  if (own !== undefined) requireAgreement(own, answer);
  requireNamedClient(claims, issuer.rules.profile);
  const auth = toAuth(claims, token, 'introspection', issuer.rules.profile);
  return { auth, accounts: own === undefined ? [claims] : [claims, own] };
}

/**
 * An answer need not name the client (RFC 7662 §2.2), but where it does not there is no telling a user's token from a
 * machine's. Connect's answers tell by `sub`.
 */
function requireNamedClient({ client_id, azp }: ValidClaims, profile: ClaimProfile): void {
  if (profile === 'standard' && client_id === undefined && azp === undefined) {
    throw new InvalidTokenError('missing_claim', 'client_id');
  }
}

/**
 * Asks whether a token that passed the local checks is still good now. The answer is held to the rules of a token and to
 * what the token says; claims that only this server requires are for the token to have.
 *
 * @returns the issuer's account of the token
 * @throws InvalidTokenError, IssuerUnavailableError
 * @throws ConfigurationError if the issuer has no introspection
 */
export async function confirmLive(issuer: TrustedIssuer, auth: Auth, nowSeconds: () => number): Promise<ValidClaims> {
  const answer = await askAbout(issuer, auth.token as BearerToken, true);
  const claims = validateClaims(answer, { ...issuer.rules, requiredClaims: [] }, nowSeconds());
  requireAgreement(auth.claims, answer);
  return claims;
}

async function askAbout(issuer: TrustedIssuer, token: BearerToken, fresh: boolean): Promise<AnsweredClaims> {
  if (issuer.introspector === undefined) {
    throw new ConfigurationError('introspection', 'is not configured, and a live check was asked for');
  }
  return requireActive(await issuer.introspector.answerFor(token, { fresh }));
}
