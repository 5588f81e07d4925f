import { openIssuer, openVerifier } from './open-verifier.js';

/** A verifier that tells of each accepted token whether it was remembered. */
export async function openObserved(tokenCache?: { maxEntries: number } | null) {
  const scene = await openIssuer();
  const verifier = openVerifier(scene, tokenCache === undefined ? {} : { tokenCache });
  let cached: boolean | undefined;
  verifier.on('accepted', (event) => {
    cached = event.cached;
  });
  const isRemembered = async (token: string) => {
    await verifier.verify(token);
    return cached;
  };
  return { ...scene, verifier, isRemembered };
}
