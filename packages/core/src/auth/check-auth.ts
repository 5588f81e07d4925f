import { ConfigurationError } from '../errors/configuration-error.js';
import type { Auth } from './auth.js';

/**
 * For adapters: makes sure that a verifier of somebody's own making gave an `Auth`. One that resolves to nothing must
 * let nobody pass.
 *
 * @throws ConfigurationError
 */
export function checkAuth(value: unknown): asserts value is Auth {
  if (typeof (value as Auth | null | undefined)?.subject !== 'string') {
    throw new ConfigurationError('verifier', 'must resolve to an Auth, or reject');
  }
}
