import { describe, expect, test } from '@jest/globals';
import { jwksUriOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';
import { openDirect } from './direct-verifier.js';
import { rerouteFetch } from './rerouted-fetch.js';

const limit = 512 * 1024;

describe('R9: the size of an answer', () => {
  const padded = (jwks: object, bytes: number) => {
    const bare = JSON.stringify({ ...jwks, padding: '' });
    return { ...jwks, padding: 'x'.repeat(bytes - bare.length) };
  };

  test('may be 512 KiB to the byte, and no byte more', async () => {
    for (const [bytes, outcome] of [
      [limit, 'accepted'],
      [limit + 1, '503 jwks'],
    ] as const) {
      const { issuer, verifier } = await openDirect();
      issuer.serveJwks(padded(issuer.keys.jwks(), bytes));
      expect(await outcomeOf(verifier.verify(issuer.token()))).toBe(outcome);
    }
  });

  test('is counted in bytes and not in characters', async () => {
    const { issuer, verifier } = await openDirect();
    issuer.serveJwks({ ...issuer.keys.jwks(), padding: 'ü'.repeat(limit / 2) });
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('503 jwks');
  });

  test.each([
    ['huge', 'in memory', undefined],
    ['huge', 'on a port', { port: 0 }],
    ['hugeGzip', 'on a port', { port: 0 }],
  ] as const)('of 64 MB, %s %s, is refused and the memory does not grow by 20 MB', async (mode, _place, port) => {
    const warm = await openDirect(port);
    warm.issuer.fail('jwks', mode);
    await outcomeOf(warm.verifier.verify(warm.issuer.token()));

    const { issuer, verifier } = await openDirect(port);
    issuer.fail('jwks', mode);
    const token = issuer.token();
    const before = process.memoryUsage().rss;
    expect(await outcomeOf(verifier.verify(token))).toBe('503 jwks');
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024);
    await issuer.whenIdle('jwks');
  });

  test('is read up to the limit only, whatever length it declares', async () => {
    const scene = await openIssuer();
    let produced = 0;
    let cancelled = false;
    const lavish = () => {
      const block = new Uint8Array(64 * 1024).fill(0x20);
      const pull = (controller: ReadableStreamDefaultController) => {
        produced += block.length;
        controller.enqueue(block);
        if (produced > 16 * limit) controller.close();
      };
      const cancel = () => {
        cancelled = true;
      };
      return new Response(new ReadableStream({ pull, cancel }), { headers: { 'content-length': '100' } });
    };
    const { fetch } = rerouteFetch(scene.issuer, { '/oauth2/jwks': lavish });
    const verifier = openVerifier(scene, { jwksUri: jwksUriOf(scene.issuer) }, { fetch });
    expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('503 jwks');
    expect(produced).toBeGreaterThan(limit);
    expect(produced).toBeLessThan(2 * 1024 * 1024);
    expect(cancelled).toBe(true);
  });
});
