import type { Auth } from '../auth/auth.js';
import { checkAuth } from '../auth/check-auth.js';
import type { Acceptance, TokenVerifier } from './acceptance.js';
import type { RequestRecord } from './request-record.js';

/**
 * Accepts the token of a request: once, however many guards ask for it. A request with many parts, such as the fields
 * of a GraphQL query, shares the outcome of the first of them, even while that is still pending.
 *
 * Returns at once if the verifier recalls the token: a promise and its hop cost a twentieth of a busy route's
 * throughput.
 *
 * @param live whether the issuer has to be asked, now
 * @throws any error of `verify`; ConfigurationError if it does not resolve to an Auth
 */
export function acceptToken(
  record: RequestRecord,
  verifier: TokenVerifier,
  token: string,
  live = false,
): Auth | Promise<Auth> {
  const known = record.acceptance;
  if (known?.verifier === verifier && known.token === token && (known.live || !live)) return known.auth;
  const recalled = live ? undefined : verifier.recall(token);
  if (recalled === undefined) return verify(record, verifier, token, live);
  checkAuth(recalled);
  record.acceptance = { verifier, token, live, auth: recalled };
  return recalled;
}

function verify(record: RequestRecord, verifier: TokenVerifier, token: string, live: boolean): Promise<Auth> {
  const verification = verifyAndCheck(verifier, token, live);
  const acceptance: Acceptance = { verifier, token, live, auth: verification };
  record.acceptance = acceptance;
  verification.then(
    (auth) => {
      acceptance.auth = auth;
    },
    () => {
      // Not kept for later guards: the issuer may have been out of reach.
      if (record.acceptance === acceptance) record.acceptance = undefined;
    },
  );
  return verification;
}

async function verifyAndCheck(verifier: TokenVerifier, token: string, live: boolean): Promise<Auth> {
  const auth = await verifier.verify(token, { live });
  checkAuth(auth);
  return auth;
}
