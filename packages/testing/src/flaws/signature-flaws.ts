import { createHmac } from 'node:crypto';
import { type SigningAlgorithm, signWith } from '../keys/signing-algorithm.js';
import { encodePart, headerFor, signJwt } from '../tokens/sign-jwt.js';
import type { Forge } from './forge.js';

const goodToken = (forge: Forge) => signJwt(forge.header(), forge.claims(), forge.key);

function splitSignature(jwt: string): [signingInput: string, signature: string] {
  const dot = jwt.lastIndexOf('.');
  return [jwt.slice(0, dot), jwt.slice(dot + 1)];
}

/** An algorithm that the key is not meant for. An RSA key can use either of its two, so that signature is genuine. */
const otherAlgorithm: Readonly<Record<SigningAlgorithm, SigningAlgorithm>> = {
  RS256: 'PS256',
  PS256: 'RS256',
  ES256: 'EdDSA',
  EdDSA: 'ES256',
};

/** Tokens with good claims and a signature that proves nothing. */
export const signatureFlaws = {
  /** Declares `alg` none, without a signature (RFC 7518 §3.6, RFC 8725 §3.2). */
  unsigned: (forge: Forge) => `${encodePart(forge.header({ alg: 'none' }))}.${encodePart(forge.claims())}.`,
  /** Declares a real algorithm, without a signature (RFC 7515 §5.2). */
  emptySignature: (forge: Forge) => `${splitSignature(goodToken(forge))[0]}.`,
  /** Its payload was changed to another organization after signing (RFC 7515 §5.2). */
  tampered: (forge: Forge) => {
    const claims = forge.claims();
    const signature = splitSignature(signJwt(forge.header(), claims, forge.key))[1];
    const changed = { ...claims, org_id: 'org_01TESTRVAL0000000000000000' };
    return `${encodePart(forge.header())}.${encodePart(changed)}.${signature}`;
  },
  /** One byte of its signature was changed (RFC 7515 §5.2). */
  badSignature: (forge: Forge) => {
    const [signingInput, signature] = splitSignature(goodToken(forge));
    const bytes = Buffer.from(signature, 'base64url');
    const middle = bytes.length >> 1;
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    return `${signingInput}.${bytes.toString('base64url')}`;
  },
  /** Sets unused bits in the last character of its signature: a second encoding (RFC 4648 §3.5, RFC 7515 §2). */
  nonCanonical: (forge: Forge) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const jwt = goodToken(forge);
    // 64 and 256 bytes both leave four unused bits, which are zero in the canonical encoding.
    return `${jwt.slice(0, -1)}${alphabet[alphabet.indexOf(jwt.slice(-1)) | 1]}`;
  },
  /** Signed by a key that was never published, under that key's own `kid` (RFC 7515 §6). */
  unknownKey: (forge: Forge) => signJwt(headerFor(forge.strangerKey), forge.claims(), forge.strangerKey),
  /** Signed by a key that was never published, under a published `kid` (RFC 7515 §5.2). */
  foreignKeySameKid: (forge: Forge) => signJwt(forge.header(), forge.claims(), forge.strangerKey),
  /** HS256 with the public key's PEM as the secret (RFC 8725 §2.1 and §3.1). */
  algConfusion: (forge: Forge) => {
    const signingInput = `${encodePart(forge.header({ alg: 'HS256' }))}.${encodePart(forge.claims())}`;
    const secret = forge.key.publicKey.export({ format: 'pem', type: 'spki' });
    return `${signingInput}.${createHmac('sha256', secret).update(signingInput).digest('base64url')}`;
  },
  /** Declares an algorithm that its key's `alg` does not allow (RFC 7517 §4.4, RFC 8725 §3.1). */
  algMismatch: (forge: Forge) => {
    const alg = otherAlgorithm[forge.key.algorithm];
    const signingInput = `${encodePart(forge.header({ alg }))}.${encodePart(forge.claims())}`;
    const signedBy = forge.key.publicJwk.kty === 'RSA' ? alg : forge.key.algorithm;
    return `${signingInput}.${signWith(signedBy, signingInput, forge.key.privateKey).toString('base64url')}`;
  },
};
