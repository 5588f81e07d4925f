import { isAuthError, type Verifier } from '@connect-auth/core';

/** `accepted`, or the status and the reason of the refusal. */
export const outcomeOf = (verifier: Verifier, token: string): Promise<string> =>
  verifier.verify(token).then(
    () => 'accepted',
    (error: unknown) => (isAuthError(error) ? `${error.status} ${error.reason}` : String(error)),
  );
