import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';

/**
 * Asks the issuer at each call whether the token is still valid, for routes where a stolen or revoked token must not
 * live for another hour. Costs a call to the issuer: 401 if it says no, 503 if it does not answer. Needs
 * `introspection` among the module's options. Applies `ConnectAuthGuard` itself.
 */
export const RequireLive = (): AccessDecorator => accessDecorator({ call: '@RequireLive()', concern: 'live' });
