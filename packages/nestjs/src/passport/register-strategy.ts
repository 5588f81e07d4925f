import type { AdapterSettings } from '../connect-auth.options.js';
import type { ConnectAuthVerifier } from '../connect-auth.verifier.js';
import { optionalPackage } from '../optional-package.js';
import { nestStrategy } from './nest-strategy.js';
import { listStrategy, type StrategyList } from './strategy-list.js';

/**
 * Registers the strategy for `AuthGuard('connect')` if the packages for it are installed.
 *
 * @returns a function that unregisters it
 */
export async function registerStrategy(verifier: ConnectAuthVerifier, settings: AdapterSettings): Promise<() => void> {
  const [connectPassport, nestPassport, passport] = await Promise.all([
    optionalPackage(() => import('@connect-auth/passport')),
    optionalPackage(() => import('@nestjs/passport')),
    optionalPackage(() => import('passport')),
  ]);
  if (connectPassport === undefined || nestPassport === undefined || passport === undefined) return () => {};
  const strategy = nestStrategy(connectPassport, verifier, settings);
  return listStrategy(passport.default as StrategyList, settings.passportStrategy, strategy);
}
