import { IssuerUnavailableError, type KeySource, toChallenge } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { openIssuer, openVerifier, type Scene } from '../issuer/open-verifier.js';
import { outcomeNow, outcomeOf, refusalOf, settle, tally } from '../issuer/outcome.js';
import { strayTokens } from './stray-tokens.js';

/** A source whose answers the test decides, and every signal that it was asked with. */
function openSource(scene: Scene) {
  const signals: AbortSignal[] = [];
  const state = { answer: async (): Promise<unknown> => scene.issuer.keys.jwks() };
  const source: KeySource = ({ signal }) => {
    signals.push(signal);
    return state.answer();
  };
  return { source, signals, state };
}

async function open() {
  const scene = await openIssuer({ lifetimeSeconds: 86_400 });
  const opened = openSource(scene);
  return { ...scene, ...opened, scene, verifier: openVerifier(scene, { keys: { source: opened.source } }) };
}

test('the keys come from the source, once for all who wait, and nothing goes over the network', async () => {
  const { issuer, signals, verifier } = await open();
  const tokens = Array.from({ length: 100 }, () => issuer.token());
  expect(await tally(tokens.map((token) => verifier.verify(token)))).toEqual({ accepted: 100 });
  expect([signals.length, issuer.requests.total]).toEqual([1, 0]);
  expect(verifier.health()).toMatchObject({ ready: true, issuers: [{ keys: { usable: true, count: 1 } }] });
});

test('it need not be asynchronous', async () => {
  const { issuer, state, verifier } = await open();
  state.answer = (() => issuer.keys.jwks()) as never;
  expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
});

test('it is asked again ahead of time, for a key published a moment ago, and once in a cool-down for unknown ones', async () => {
  const { issuer, clock, signals, verifier } = await open();
  await verifier.ready();
  issuer.keys.rotate();
  expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
  for (const stray of strayTokens(issuer, 10)) {
    expect(await outcomeOf(verifier.verify(stray))).toBe('401 unknown_key');
  }
  expect(signals).toHaveLength(2);
  clock.advanceSeconds(5);
  expect(await outcomeOf(verifier.verify(strayTokens(issuer, 1)[0] as string))).toBe('401 unknown_key');
  expect(signals).toHaveLength(3);
  clock.advanceSeconds(550);
  expect(await outcomeNow(verifier.verify(issuer.token()))).toBe('accepted');
  await settle();
  expect(signals).toHaveLength(4);
});

describe('it fails', () => {
  const thrown: readonly (readonly [what: string, thrown: unknown])[] = [
    ['an error', new Error('vault: permission denied')],
    ['an error of this package', new IssuerUnavailableError('discovery', 60)],
    ['nothing', undefined],
    ['null', null],
    ['text', 'permission denied'],
    ['an object without a prototype', Object.create(null)],
    ['a symbol', Symbol('permission denied')],
  ];

  test.each(thrown)('with %s: 503 jwks, in a moment again, and the health check stands', async (_what, error) => {
    const { clock, issuer, state, verifier } = await open();
    for (const fail of [() => Promise.reject(error), throws(error)]) {
      state.answer = fail;
      const refusal = await refusalOf(verifier.verify(issuer.token()));
      expect(refusal).toBeInstanceOf(IssuerUnavailableError);
      expect(refusal).toMatchObject({ status: 503, reason: 'jwks' });
      expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(3);
      clock.advanceSeconds(5);
    }
    const [{ keys } = { keys: undefined }] = verifier.health().issuers;
    expect(keys).toMatchObject({ usable: false, lastError: expect.stringMatching(/^Error: keys\.source failed/) });
  });

  test('what it says is for the operator: the health check has it, the answer to the caller has not', async () => {
    const { issuer, state, verifier } = await open();
    state.answer = () => Promise.reject(new Error('vault token hvs.SECRET refused'));
    const refusal = await refusalOf(verifier.verify(issuer.token()));
    expect(verifier.health().issuers[0]?.keys.lastError).toContain('hvs.SECRET');
    expect([refusal.message, refusal.description].join()).not.toContain('SECRET');
    expect(JSON.stringify(toChallenge(refusal))).not.toContain('SECRET');
  });

  test('and the last good keys serve on', async () => {
    const { clock, issuer, state, verifier } = await open();
    await verifier.ready();
    state.answer = throws(new Error('down'));
    clock.advanceSeconds(4_199);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
    clock.advanceSeconds(1);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('503 jwks');
  });
});

describe('it hangs', () => {
  const never = () => new Promise<unknown>(() => undefined);

  test('503 at the deadline, when its signal is aborted too; after that nobody waits for it', async () => {
    const { clock, issuer, state, signals, verifier } = await open();
    state.answer = never;
    const first = verifier.verify(issuer.token());
    expect(await outcomeNow(first)).toBe('pending');
    clock.advanceMs(4_999);
    expect([await outcomeNow(first), signals[0]?.aborted]).toEqual(['pending', false]);
    clock.advanceMs(1);
    expect([await outcomeNow(first), signals[0]?.aborted]).toEqual(['503 jwks', true]);
    clock.advanceSeconds(2);
    expect(await outcomeNow(verifier.verify(issuer.token()))).toBe('503 jwks');
    expect(signals).toHaveLength(2);
  });

  test('keys.timeoutMs is its deadline', async () => {
    const { scene, clock, issuer, source, state } = await open();
    state.answer = never;
    const verifier = openVerifier(scene, { keys: { source, timeoutMs: 100 } });
    const first = verifier.verify(issuer.token());
    expect(await outcomeNow(first)).toBe('pending');
    clock.advanceMs(100);
    expect(await outcomeNow(first)).toBe('503 jwks');
  });

  test('close() ends it', async () => {
    const { issuer, state, signals, verifier } = await open();
    state.answer = never;
    const first = verifier.verify(issuer.token());
    expect(await outcomeNow(first)).toBe('pending');
    await verifier.close();
    expect([await outcomeNow(first), signals[0]?.aborted]).toEqual(['503 jwks', true]);
  });
});

describe('its document is held to the rules of any other', () => {
  test.each([undefined, null, 'keys', [], {}, { keys: null }, { keys: 'none' }])(
    '%j is none: 503',
    async (document) => {
      const { issuer, state, verifier } = await open();
      state.answer = async () => document;
      expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('503 jwks');
    },
  );

  test('a document that throws when it is read is none either', async () => {
    const { issuer, state, verifier } = await open();
    state.answer = async () => ({
      get keys() {
        throw new Error('no');
      },
    });
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('503 jwks');
  });

  test('100 keys are taken, 101 are not', async () => {
    for (const [count, outcome] of [
      [100, 'accepted'],
      [101, '503 jwks'],
    ] as const) {
      const { issuer, state, verifier } = await open();
      const [key] = issuer.keys.jwks().keys;
      const others = Array.from({ length: count - 1 }, (_, at) => ({ ...key, kid: `other_${at}` }));
      state.answer = async () => ({ keys: [key, ...others] });
      expect(await outcomeOf(verifier.verify(issuer.token()))).toBe(outcome);
    }
  });

  test.each([
    ['a private key', { d: 'AQAB' }],
    ['a key for encryption', { use: 'enc' }],
    ['a shared key', { kty: 'oct', k: 'AQAB' }],
  ])('%s is passed over', async (_what, members) => {
    const { issuer, state, verifier } = await open();
    state.answer = async () => ({ keys: issuer.keys.jwks().keys.map((key) => ({ ...key, ...members })) });
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('401 unknown_key');
  });
});

const throws = (error: unknown) => (): never => {
  throw error;
};
