import { ConfigurationError } from '@connect-auth/core';
import type { ModulesContainer } from '@nestjs/core';
import type { AdapterSettings } from '../connect-auth.options.js';
import type { ConnectAuthVerifier } from '../connect-auth.verifier.js';
import { optionalPackage } from '../optional-package.js';
import { nestStrategy } from './nest-strategy.js';

/** The names that the modules of an application have given out. */
const takenNames = new WeakMap<ModulesContainer, Set<string>>();

/**
 * Registers the strategy for `AuthGuard('connect')` where the packages for it are installed. Passport keeps one list of
 * strategies for the whole process: the application that started last has the name.
 *
 * @returns what takes the strategy off the list, unless another application has the name by then
 */
export async function registerStrategy(
  verifier: ConnectAuthVerifier,
  settings: AdapterSettings,
  modules: ModulesContainer,
): Promise<() => void> {
  const [connectPassport, nestPassport, passportModule] = await Promise.all([
    optionalPackage(() => import('@connect-auth/passport')),
    optionalPackage(() => import('@nestjs/passport')),
    optionalPackage(() => import('passport')),
  ]);
  if (connectPassport === undefined || nestPassport === undefined || passportModule === undefined) return () => {};

  const name = settings.passportStrategy;
  const passport = passportModule.default as unknown as StrategyList;
  const strategy = isTaken(name, modules) ? ambiguous(name) : nestStrategy(connectPassport, verifier, settings);
  passport.use(name, strategy);
  return () => {
    if (passport._strategy(name) === strategy) passport.unuse(name);
  };
}

/** The part of Passport that is used; `_strategy` is the only way to look a strategy up. */
interface StrategyList {
  use(name: string, strategy: object): unknown;
  unuse(name: string): unknown;
  _strategy(name: string): object | undefined;
}

function isTaken(name: string, modules: ModulesContainer): boolean {
  const taken = takenNames.get(modules) ?? new Set();
  const isSecond = taken.has(name);
  takenNames.set(modules, taken.add(name));
  return isSecond;
}

/** Where two modules of one application have the same name, nobody can tell whose tokens are meant: none are taken. */
const ambiguous = (name: string) => ({
  authenticate(this: { error(error: Error): void }): void {
    const problem = `is ${name} in two modules of this application: give one of them a name of its own`;
    this.error(new ConfigurationError('passportStrategy', problem));
  },
});
