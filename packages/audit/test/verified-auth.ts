import { type Auth, createVerifier } from '@connect-auth/core';
import { createTestIssuer } from '@connect-auth/testing';

/** True `Auth`s, from tokens that were verified. */
export async function openAuths() {
  const issuer = await createTestIssuer();
  const verifier = createVerifier(issuer.verifierOptions());
  return {
    client: (org: string): Promise<Auth> => verifier.verify(issuer.connectToken.m2m({ org })),
    user: (org: string): Promise<Auth> => verifier.verify(issuer.connectToken.user({ org })),
    close: async () => {
      await verifier.close();
      await issuer.close();
    },
  };
}
