import { ConfigurationError } from './errors/configuration-error.js';
import { checkKnown } from './options/check-option.js';
import { issuerFromEnv } from './options/issuer-from-env.js';
import type { IssuerOptions, VerifierOptions, VerifierSharedOptions } from './options/verifier-options.js';
import { createVerifier } from './verifier.js';
import type { Verifier } from './verifier-interface.js';

/** An existing verifier, or the options for one; with neither, environment variables name the issuer. */
export type VerifierSource =
  | { readonly verifier: Verifier }
  | VerifierOptions
  | (VerifierSharedOptions & Partial<Omit<IssuerOptions, 'issuer'>>);

/**
 * For adapters: returns the verifier that their options describe.
 *
 * @throws ConfigurationError naming the option, or every environment variable, that is missing or wrong
 */
export function verifierOf(source: VerifierSource): Verifier {
  if (!('verifier' in source)) return createVerifier(withEnvironment(source));
  const { verifier, ...others } = source;
  checkKnown('', others, ['verifier']);
  if (typeof verifier?.verify !== 'function' || typeof verifier.recall !== 'function') {
    throw new ConfigurationError('verifier', 'must be what createVerifier() returned');
  }
  return verifier;
}

const withEnvironment = (options: object): VerifierOptions =>
  'issuer' in options || 'issuers' in options
    ? (options as VerifierOptions)
    : { ...issuerFromEnv(), ...(options as Partial<VerifierOptions>) };
