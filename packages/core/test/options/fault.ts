import { ConfigurationError, createVerifier, type VerifierOptions } from '@connect-auth/core';

/** Options that a verifier is made of without complaint. */
export const goodOptions = { issuer: 'https://issuer.test', audience: 'https://api.test' } as const;

/** The option that a ConfigurationError names; `none` if there is none. Any other error fails the test. */
export function faultIn(make: () => unknown): string {
  try {
    make();
    return 'none';
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    if (!error.message.startsWith(`${error.option} `)) throw new Error(`not about its option: ${error.message}`);
    return error.option;
  }
}

/** The option that `createVerifier` complains about when these are merged over good ones. */
export const faultOf = (options: object): string =>
  faultIn(() => createVerifier({ ...goodOptions, ...options } as VerifierOptions));
