import { isAuthError } from '../errors/any-auth-error.js';
import type { AuthError } from '../errors/auth-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { type ChallengeOptions, toChallenge } from '../errors/to-challenge.js';
import { MissingTokenError } from '../errors/token-errors.js';
import { checkKnown } from './check-option.js';

/** The errors of an application that are answered as refusals, and how. */
export interface ErrorHandlerOptions extends ChallengeOptions {
  /**
   * Reads an application's error as the refusal that it stands for; undefined if it is not one. `orgRefusalOf` of
   * `@connect-auth/postgres` does so for errors of the wall and of foreign keys. Default: reads none as a refusal.
   */
  readonly refusalOf?: (error: unknown) => AuthError | undefined;
}

export interface ErrorHandlerSettings {
  /** Returns an error of this suite as it is, and the refusal that any other error stands for. */
  readonly read: (error: unknown) => AuthError | undefined;
  readonly challenge: ChallengeOptions;
}

/** For adapters: checks the options. @throws ConfigurationError if a setting cannot stand in a header, or is unknown */
export function resolveErrorHandler(options: ErrorHandlerOptions): ErrorHandlerSettings {
  checkKnown('', options, ['realm', 'resourceMetadata', 'refusalOf']);
  const { refusalOf = () => undefined, ...challenge } = options;
  if (typeof refusalOf !== 'function') throw new ConfigurationError('refusalOf', 'must be a function');
  toChallenge(new MissingTokenError(), challenge); // Fails at startup for settings that cannot stand in a header.
  const read = (error: unknown) => (isAuthError(error) ? error : refusalOf(error));
  return {
    challenge,
    read(error) {
      const refusal = read(error);
      return isAuthError(refusal) ? refusal : undefined; // Any other result is ignored, and the error goes on.
    },
  };
}
