// What the verifier itself costs: new tokens against the bare signature check, known tokens against fast-jwt's cache.
import { createPublicKey, verify } from 'node:crypto';
import { createVerifier } from '@connect-auth/core';
import { createTestIssuer } from '@connect-auth/testing';
import { createVerifier as createFastJwt } from 'fast-jwt';
import { median } from './median.mjs';

const distinct = Number(process.env.TOKENS ?? 10_000);
const rounds = Number(process.env.ROUNDS ?? 20);
const hits = 200_000;

const issuer = await createTestIssuer({ lifetimeSeconds: 86_400 });
const [jwk] = issuer.keys.jwks().keys;
const publicKey = createPublicKey({ key: jwk, format: 'jwk' });

/** Microseconds that some work takes. */
const timed = async (work) => {
  const startedAt = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - startedAt) / 1e3;
};

/** Distinct tokens, none of them remembered: the signature check alone, and the whole verification, round by round. */
async function newTokens() {
  const verifier = createVerifier(issuer.verifierOptions({ tokenCache: null }));
  const tokens = Array.from({ length: distinct }, () => issuer.token({ registered: false }));
  const parts = tokens.map((token) => {
    const end = token.lastIndexOf('.');
    return [Buffer.from(token.slice(0, end)), Buffer.from(token.slice(end + 1), 'base64url')];
  });
  const [alone, whole, shares] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    const bare = await timed(() => {
      for (const [input, signature] of parts)
        if (!verify('sha256', input, publicKey, signature)) throw new Error('bad');
    });
    const full = await timed(async () => {
      for (const token of tokens) await verifier.verify(token);
    });
    alone.push(bare / distinct);
    whole.push(full / distinct);
    shares.push(bare / full);
  }
  await verifier.close();
  console.log(`${distinct} distinct RS256 tokens, ${rounds} rounds, no token cache:`);
  console.log(
    `  crypto.verify alone ${median(alone).toFixed(1)} µs, the whole verification ${median(whole).toFixed(1)} µs`,
  );
  console.log(`  share of the throughput of crypto.verify alone: ${median(shares).toFixed(2)}`);
}

/** One known token again and again. */
async function knownToken() {
  const verifier = createVerifier(issuer.verifierOptions());
  const token = issuer.token();
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const fastJwt = createFastJwt({
    key: pem,
    algorithms: ['RS256'],
    cache: 10_000,
    allowedIss: issuer.issuer,
    allowedAud: issuer.audience,
  });
  const ratios = [];
  for (let round = 0; round < 7; round += 1) {
    const theirs = await timed(() => {
      for (let at = 0; at < hits; at += 1) fastJwt(token);
    });
    const ours = await timed(async () => {
      for (let at = 0; at < hits; at += 1) await verifier.verify(token);
    });
    if (round > 0) ratios.push(theirs / ours);
  }
  await verifier.close();
  console.log(
    `One known token, again and again:\n  ${median(ratios).toFixed(1)} times the throughput of fast-jwt with its cache on`,
  );
}

await newTokens();
await knownToken();
await issuer.close();
