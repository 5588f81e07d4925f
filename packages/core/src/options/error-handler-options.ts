import { isAuthError } from '../errors/any-auth-error.js';
import type { AuthError } from '../errors/auth-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { type ChallengeOptions, toChallenge } from '../errors/to-challenge.js';
import { MissingTokenError } from '../errors/token-errors.js';
import { checkKnown } from './check-option.js';

/** Which errors of an application are answered as refusals, and how. */
export interface ErrorHandlerOptions extends ChallengeOptions {
  /**
   * Reads an error of the application as the refusal that it means; undefined for one that means none. `orgRefusalOf` of
   * `@connect-auth/postgres` does so for errors of the wall and of foreign keys. Default: none means one.
   */
  readonly refusalOf?: (error: unknown) => AuthError | undefined;
}

export interface ErrorHandlerSettings {
  /** An error of this suite as it is, or what another one means. */
  readonly read: (error: unknown) => AuthError | undefined;
  readonly challenge: ChallengeOptions;
}

/** For adapters. @throws ConfigurationError if a setting cannot stand in a header, or is none */
export function resolveErrorHandler(options: ErrorHandlerOptions): ErrorHandlerSettings {
  checkKnown('', options, ['realm', 'resourceMetadata', 'refusalOf']);
  const { refusalOf = () => undefined, ...challenge } = options;
  if (typeof refusalOf !== 'function') throw new ConfigurationError('refusalOf', 'must be a function');
  toChallenge(new MissingTokenError(), challenge); // Settings that cannot stand in a header show now.
  const read = (error: unknown) => (isAuthError(error) ? error : refusalOf(error));
  return {
    challenge,
    read(error) {
      const refusal = read(error);
      return isAuthError(refusal) ? refusal : undefined; // Whatever else it says, the error goes on.
    },
  };
}
