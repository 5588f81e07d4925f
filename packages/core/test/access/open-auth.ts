import { type Auth, createVerifier, type JsonObject } from '@connect-auth/core';
import { openSigner } from '../token/signer.js';

/** A true `Auth`, from a token with these claims merged over good ones. */
export async function openAuth(): Promise<(claims: JsonObject) => Promise<Auth>> {
  const signer = await openSigner();
  const verifier = createVerifier(signer.options);
  return (claims) => verifier.verify(signer.sign({ payload: { ...signer.claims, ...claims } }));
}

/** `passed`, or what was thrown. */
export function attempt(action: () => unknown): unknown {
  try {
    action();
    return 'passed';
  } catch (error) {
    return error;
  }
}
