import { generateKeyPairSync, sign } from 'node:crypto';
import type { JsonObject, VerifierOptions } from '@connect-auth/core';
import { createFixedClock, createTestIssuer, type FixedClock, type TestIssuer } from '@connect-auth/testing';

/** Signs whatever it is told to, text that is no JSON included, under the one key that its issuer publishes. */
export interface Signer {
  readonly issuer: TestIssuer;
  readonly clock: FixedClock;
  /** Seconds since the epoch. */
  readonly now: number;
  readonly kid: string;
  readonly options: VerifierOptions;
  /** Good claims, and nothing else. */
  readonly claims: JsonObject;
  /** An object is written as JSON, a string or bytes as they are. Default: what a good token has. */
  readonly sign: (parts?: { header?: JsonObject | string; payload?: JsonObject | string | Buffer }) => string;
  /** The same, by a key that nobody published. */
  readonly signAsStranger: Signer['sign'];
}

export const encodePart = (part: JsonObject | string | Buffer): string =>
  (Buffer.isBuffer(part) ? part : Buffer.from(typeof part === 'string' ? part : JSON.stringify(part))).toString(
    'base64url',
  );

/** ES256, because it signs some thousand tokens in a second. */
export async function openSigner(): Promise<Signer> {
  const clock = createFixedClock();
  const issuer = await createTestIssuer({ clock, algorithm: 'ES256' });
  const kid = 'signer';
  const [own, stranger] = [keyPair(), keyPair()];
  issuer.serveJwks({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }] });
  const now = Math.floor(clock.now() / 1000);
  const claims = {
    ...{ iss: issuer.issuer, aud: issuer.audience, sub: 'user_1', client_id: 'client_1' },
    ...{ exp: now + 300, iat: now, jti: 'token_1', org_id: 'org_1', scope: 'projects:read' },
  };
  const signWith =
    ({ privateKey }: ReturnType<typeof keyPair>): Signer['sign'] =>
    ({ header = { alg: 'ES256', kid }, payload = claims } = {}) => {
      const input = `${encodePart(header)}.${encodePart(payload)}`;
      const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${input}.${signature.toString('base64url')}`;
    };
  const options = issuer.verifierOptions();
  return { issuer, clock, now, kid, options, claims, sign: signWith(own), signAsStranger: signWith(stranger) };
}

const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
