import { inspect } from 'node:util';
import { createVerifier, type Verifier, type VerifierEvents } from '@connect-auth/core';
import { createFixedClock, createTestIssuer } from '@connect-auth/testing';
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { outcomeOf, refused } from '../errors/outcome.js';

const clock = createFixedClock();
const issuer = await createTestIssuer({ clock });
afterAll(() => issuer.close());
afterEach(() => {
  issuer.recover();
  jest.restoreAllMocks();
});

const names = ['accepted', 'refused', 'keys_refreshed', 'keys_unavailable', 'introspected', 'store_failed'] as const;

/** Writes down every event of a verifier, in order. */
function record(verifier: Verifier): [name: keyof VerifierEvents, event: unknown][] {
  const log: [keyof VerifierEvents, unknown][] = [];
  for (const name of names) verifier.on(name, (event) => log.push([name, event]));
  return log;
}

const refreshed = ['keys_refreshed', { issuer: issuer.issuer, keys: 1, durationMs: 0 }];

describe('what is told', () => {
  test('keys_refreshed, accepted anew, accepted from the cache', async () => {
    const verifier = createVerifier(issuer.verifierOptions());
    const log = record(verifier);
    const token = issuer.token();
    const auth = await verifier.verify(token);
    expect(log).toEqual([refreshed, ['accepted', { auth, cached: false, live: false }]]);
    await verifier.verify(token);
    expect(log.slice(2)).toEqual([['accepted', { auth, cached: true, live: false }]]);
    expect((log[2]?.[1] as VerifierEvents['accepted'][0] | undefined)?.auth).toBe(auth);
  });

  test('refused, with the very error that the caller gets', async () => {
    const verifier = createVerifier(issuer.verifierOptions());
    const log = record(verifier);
    const error = await verifier.verify(issuer.flaws.unsigned()).catch((reason: unknown) => reason);
    expect(log).toEqual([['refused', { error }]]);
    expect((log[0]?.[1] as VerifierEvents['refused'][0] | undefined)?.error).toBe(error);
  });

  test('introspected: active, inactive, failed', async () => {
    const verifier = createVerifier(issuer.verifierOptions());
    const log = record(verifier);
    const introspected = (outcome: string) => ['introspected', { issuer: issuer.issuer, outcome, durationMs: 0 }];
    const auth = await verifier.verify(issuer.opaqueToken());
    await outcomeOf(verifier.verify('unknown'));
    issuer.fail('introspection', 'error500');
    await outcomeOf(verifier.verify('another'));
    expect(log).toEqual([
      introspected('active'),
      ['accepted', { auth, cached: false, live: false }],
      introspected('inactive'),
      ['refused', { error: expect.objectContaining({ reason: 'inactive' }) }],
      introspected('failed'),
      ['refused', { error: expect.objectContaining({ status: 503, reason: 'introspection' }) }],
    ]);
  });

  test('live is told, on a token from the cache too', async () => {
    const verifier = createVerifier(issuer.verifierOptions());
    const token = issuer.token();
    const auth = await verifier.verify(token);
    const log = record(verifier);
    await verifier.verify(token, { live: true });
    expect(log).toEqual([
      ['introspected', { issuer: issuer.issuer, outcome: 'active', durationMs: 0 }],
      ['accepted', { auth, cached: true, live: true }],
    ]);
  });

  test('keys_unavailable, with what went wrong', async () => {
    const { introspection: _, ...options } = issuer.verifierOptions();
    const verifier = createVerifier(options);
    const log = record(verifier);
    issuer.fail('jwks', 'error500');
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('IssuerUnavailableError 503 - jwks');
    expect(log).toEqual([
      [
        'keys_unavailable',
        { issuer: issuer.issuer, error: expect.objectContaining({ message: 'answered 500' }), durationMs: 0 },
      ],
      ['refused', { error: expect.objectContaining({ status: 503, reason: 'jwks' }) }],
    ]);
  });

  test('store_failed, and the verifier goes on without the store', async () => {
    const error = new Error('no connection');
    const introspection = { get: () => Promise.reject(error), set: () => Promise.reject(error) };
    const verifier = createVerifier({ ...issuer.verifierOptions(), stores: { introspection } });
    const log = record(verifier);
    expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('accepted');
    const failed = ['store_failed', { store: 'introspection', error }];
    expect(log.filter(([name]) => name === 'store_failed')).toEqual([failed, failed]);
  });
});

test('no event shows a token, a key or a secret', async () => {
  const verifier = createVerifier(issuer.verifierOptions());
  const log = record(verifier);
  const tokens = [
    issuer.token(),
    issuer.opaqueToken(),
    issuer.flaws.expired(),
    issuer.flaws.badSignature(),
    'unknown-token',
  ];
  for (const token of [...tokens, ...tokens]) await outcomeOf(verifier.verify(token));
  await verifier.verify(tokens[0] as string, { live: true });
  issuer.fail('all', 'error500');
  await outcomeOf(createVerifier(issuer.verifierOptions()).verify(issuer.opaqueToken()));
  expect(log.length).toBeGreaterThan(10);
  const texts = [JSON.stringify(log), inspect(log, { depth: Number.POSITIVE_INFINITY, maxStringLength: null })];
  const secrets = [...tokens, ...tokens.flatMap((token) => token.split('.').slice(1)), issuer.client.clientSecret];
  for (const { n = 'n' } of issuer.keys.jwks().keys) secrets.push(n);
  for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
});

describe('a listener decides nothing', () => {
  test('one that throws changes no outcome, keeps none from the others, and becomes a warning', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const verifier = createVerifier(issuer.verifierOptions());
    for (const name of names) {
      verifier.on(name, () => {
        throw new Error(`from ${name}`);
      });
    }
    const log = record(verifier);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
    expect(await outcomeOf(verifier.verify(issuer.flaws.expired()))).toBe(refused('expired'));
    expect(log.map(([name]) => name)).toEqual(['keys_refreshed', 'accepted', 'refused']);
    expect(warn.mock.calls).toEqual(
      log.map(([name]) => [`a listener of "${name}" threw: Error: from ${name}`, 'ConnectAuthWarning']),
    );
  });

  test.each<[what: string, thrown: unknown]>([
    ['nothing', undefined],
    ['a symbol', Symbol('thrown')],
    ['an object that has no text', Object.create(null)],
  ])('one that throws %s changes no outcome either', async (_, thrown) => {
    jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const verifier = createVerifier(issuer.verifierOptions());
    for (const name of names) {
      verifier.on(name, () => {
        throw thrown;
      });
    }
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
    expect(await outcomeOf(verifier.verify(issuer.flaws.expired()))).toBe(refused('expired'));
  });

  // Unhandled, the rejection would end the process.
  test('one that is asynchronous and rejects becomes a warning too', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const verifier = createVerifier(issuer.verifierOptions());
    verifier.on('accepted', async () => {
      throw new Error('no database');
    });
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
    await new Promise((resolve) => setImmediate(resolve));
    expect(warn.mock.calls).toEqual([['a listener of "accepted" threw: Error: no database', 'ConnectAuthWarning']]);
  });

  test('it hears nothing after it was taken off, twice is as good as once, and others stay', async () => {
    const verifier = createVerifier(issuer.verifierOptions());
    const [heard, kept] = [jest.fn(), jest.fn()];
    const off = verifier.on('accepted', heard);
    verifier.on('accepted', kept);
    off();
    off();
    await verifier.verify(issuer.token());
    expect([heard.mock.calls.length, kept.mock.calls.length]).toEqual([0, 1]);
    await verifier.close();
  });
});
