import type { Auth } from '../auth/auth.js';
import { InvalidTokenError } from '../errors/token-errors.js';

/**
 * Holds what is said of a token now against what was said of it earlier in the same request: whoever acted on the earlier
 * word acted for this caller and this organization. Scopes may differ; they are for the rules of the route.
 *
 * @throws InvalidTokenError `invalid_claim`
 */
export function requireSameCaller(earlier: Auth, now: Auth): void {
  for (const name of ['issuer', 'subject', 'clientId', 'orgId', 'sessionId'] as const) {
    if (earlier[name] !== now[name])
      throw new InvalidTokenError('invalid_claim', `${name} changed since the last check`);
  }
}
