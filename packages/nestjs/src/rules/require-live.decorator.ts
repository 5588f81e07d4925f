import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';

/**
 * Asks the issuer, now, whether the token is still good, for routes where an hour of a stolen or revoked token's life is
 * too long. Costs a call to the issuer: 401 if it says no, 503 if it does not answer. Needs `introspection` among the
 * module's options. Applies `ConnectAuthGuard` itself.
 */
export const RequireLive = (): AccessDecorator => accessDecorator({ call: '@RequireLive()', concern: 'live' });
