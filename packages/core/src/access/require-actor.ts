import type { Auth } from '../auth/auth.js';
import { ActorForbiddenError } from '../errors/permission-errors.js';

/** Stage 7: requires a caller that acts for a user. @throws ActorForbiddenError `user_required` */
export function requireUser(auth: Auth): asserts auth is Auth & { readonly userId: string } {
  if (auth.actor.type !== 'user') throw new ActorForbiddenError('user_required');
}

/** Stage 7: requires a client that acts for itself. @throws ActorForbiddenError `client_required` */
export function requireClient(auth: Auth): asserts auth is Auth & { readonly clientId: string } {
  if (auth.actor.type !== 'client') throw new ActorForbiddenError('client_required');
}
