import { ActorForbiddenError, type Auth } from '@connect-auth/core';
import { callerParameter } from './caller-parameter.js';

/** Refuses tokens that do not name a client: some issuers leave it out of the tokens of users. */
function requireClientId({ clientId }: Auth): void {
  if (clientId === undefined) throw new ActorForbiddenError('client_required');
}

/**
 * The application that presents the token (`client_id`), a string. Callers whose token does not name one get 403 before
 * the handler runs.
 */
export const ClientId = callerParameter({
  call: '@ClientId()',
  rule: requireClientId,
  read: (auth) => auth.clientId,
});
