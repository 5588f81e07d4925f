import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { isUnavailable, isUnstorable } from '../../storage/storage-failure.js';

/** The `Retry-After` of a 503. */
const retryAfterSeconds = 5;

/** The error that the engine met in a request, in Koa's own place for such things. */
const failure = 'connectAuthFailure';

/**
 * Answers 503 if the database or a directory is unavailable: nothing is known of the client and the token, so nothing
 * may be said of them (the error code is that of RFC 6749 §4.1.2.1). Any other failure is our mistake, and stays a 500.
 */
export function answerStorageFailure(provider: Provider, report: (error: unknown) => void) {
  provider.on('server_error', (ctx, error) => {
    ctx.state[failure] = error;
    if (!isUnstorable(error)) report(error);
  });
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const error: unknown = ctx.state[failure];
    if (isUnstorable(error)) {
      ctx.status = 400;
      ctx.body = { error: 'invalid_request', error_description: 'a parameter holds a character that cannot be kept' };
    } else if (isUnavailable(error)) {
      ctx.status = 503;
      ctx.set('Retry-After', String(retryAfterSeconds));
      ctx.body = { error: 'temporarily_unavailable', error_description: 'the server cannot reach what it needs' };
    }
  };
}
