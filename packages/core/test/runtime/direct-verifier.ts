import { jwksUriOf, openIssuer, openVerifier, systemNetwork } from '../issuer/open-verifier.js';

/** A verifier that fetches keys and nothing else, in memory or through real sockets. */
export async function openDirect(port?: { port: number }) {
  const scene = await openIssuer(port);
  return { ...scene, verifier: openVerifier(scene, { jwksUri: jwksUriOf(scene.issuer) }, port && systemNetwork) };
}
