import { acceptToken, requireSameCaller } from '@connect-auth/core/adapter';
import type { RequestHandler } from 'express';
import { guard } from './guard.js';

/**
 * Asks the issuer, now, whether the token is still good, for routes where an hour of a stolen or revoked token's life
 * is too long. Costs a call to the issuer: 401 if the token is no longer good, 503 if the issuer does not answer. The
 * rules of earlier guards are checked again on the new answer.
 */
export const requireLive = (): RequestHandler =>
  guard('requireLive()', async (auth, { record, protection }) => {
    const now = await acceptToken(record, protection.verifier, auth.token, true);
    for (const rule of record.metRules) rule(now);
    requireSameCaller(auth, now);
    return now;
  });
