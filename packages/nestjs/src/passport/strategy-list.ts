import { ConfigurationError } from '@connect-auth/core';

/** The part of Passport that is used. Passport keeps one list of strategies for the whole process. */
export interface StrategyList {
  use(name: string, strategy: object): unknown;
  unuse(name: string): unknown;
}

/** The strategies that claim each name at the moment: of modules of one application, or of several in one process. */
const wanted = new Map<string, Set<object>>();

/**
 * Puts a strategy on Passport's list while it is the only one that claims the name.
 *
 * @returns a function that removes it again
 */
export function listStrategy(passport: StrategyList, name: string, strategy: object): () => void {
  const strategies = wanted.get(name) ?? new Set();
  wanted.set(name, strategies.add(strategy));
  list(passport, name, strategies);
  return () => {
    strategies.delete(strategy);
    list(passport, name, strategies);
  };
}

function list(passport: StrategyList, name: string, strategies: ReadonlySet<object>): void {
  const [strategy, ...others] = strategies;
  if (strategy === undefined) passport.unuse(name);
  else passport.use(name, others.length === 0 ? strategy : ambiguous(name));
}

/** Refuses all tokens while several strategies claim the same name, since nobody can tell which issuer is meant. */
const ambiguous = (name: string) => ({
  authenticate(this: { error(error: Error): void }): void {
    const problem = `is ${name} in several modules of this process: give each a name of its own`;
    this.error(new ConfigurationError('passportStrategy', problem));
  },
});
