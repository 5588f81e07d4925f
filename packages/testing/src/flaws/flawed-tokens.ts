import { claimFlaws } from './claim-flaws.js';
import type { FlawBuilder, Forge } from './forge.js';
import { formFlaws } from './form-flaws.js';
import { headerFlaws } from './header-flaws.js';
import { signatureFlaws } from './signature-flaws.js';
import { tokenClassFlaws } from './token-class-flaws.js';

const builders = {
  ...claimFlaws,
  ...signatureFlaws,
  ...headerFlaws,
  ...tokenClassFlaws,
  ...formFlaws,
} satisfies Record<string, FlawBuilder>;

/** The name of one thing that can be wrong with a token. */
export type TokenFlaw = keyof typeof builders;

/** One builder for each flaw. Each call makes a new token that is good in every other respect. */
export type FlawedTokens = { readonly [Name in TokenFlaw]: () => string };

/** The names of all flaws, for tables of tests: `test.each(flawNames)`. */
export const flawNames: readonly TokenFlaw[] = Object.freeze(Object.keys(builders) as TokenFlaw[]);

export function createFlawedTokens(forge: Forge): FlawedTokens {
  const named = flawNames.map((name) => [name, () => (builders[name] as FlawBuilder)(forge)] as const);
  return Object.freeze(Object.fromEntries(named)) as FlawedTokens;
}
