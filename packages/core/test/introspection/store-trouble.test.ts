import type { IntrospectionStore, JsonObject } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { openIssuer } from '../issuer/open-verifier.js';
import { outcomeNow, outcomeOf, settle } from '../issuer/outcome.js';
import { createStore, openStored } from './shared-store.js';

describe('what a store returns is checked like a response of the issuer', () => {
  const exp = Date.UTC(2026, 0, 1, 13) / 1000;
  test.each<[string, JsonObject, string]>([
    ['nothing but active', { active: true }, 'missing_claim'],
    ['another issuer', { active: true, iss: 'https://evil.test', sub: 'a', exp }, 'wrong_issuer'],
    ['active as text', { active: 'true' }, 'inactive'],
    ['a refresh token', { active: true, token_type: 'refresh_token' }, 'wrong_type'],
  ])('%s', async (_what, response, reason) => {
    const scene = await openIssuer();
    const { verify } = openStored(scene, { get: async () => response, set: async () => undefined });
    expect(await outcomeOf(verify(scene.issuer.opaqueToken()))).toBe(`401 ${reason}`);
  });

  test.each([
    ['null, as many a store says "not there"', null],
    ['a text', '{"active":true}'],
    ['a list', []],
  ])('%s is gone around, to the issuer', async (_what, response) => {
    const scene = await openIssuer();
    const { verify } = openStored(scene, { get: async () => response as never, set: async () => undefined });
    expect(await outcomeOf(verify(scene.issuer.opaqueToken()))).toBe('accepted');
    expect(scene.issuer.requests.introspection).toBe(1);
  });
});

describe('a store in trouble', () => {
  const broken = new Error('connection lost');
  test.each<[string, IntrospectionStore]>([
    ['rejects', { get: () => Promise.reject(broken), set: () => Promise.reject(broken) }],
    [
      'throws',
      {
        get: () => {
          throw broken;
        },
        set: () => {
          throw broken;
        },
      },
    ],
  ])('that %s costs nothing but events', async (_how, store) => {
    const scene = await openIssuer();
    const { verify, failures } = openStored(scene, store);
    const token = scene.issuer.opaqueToken();
    expect(await outcomeNow(verify(token))).toBe('accepted');
    expect(await outcomeNow(verify(token))).toBe('accepted');
    expect(scene.issuer.requests.introspection).toBe(1);
    expect(failures).toEqual([
      { store: 'introspection', error: broken },
      { store: 'introspection', error: broken },
    ]);
  });

  test('that hangs when asked is given up at the deadline, with an event', async () => {
    const scene = await openIssuer();
    const { verify, failures } = openStored(scene, { ...createStore(scene), get: () => new Promise(() => undefined) });
    const verification = verify(scene.issuer.opaqueToken());
    expect(await outcomeNow(verification)).toBe('pending');
    scene.clock.advanceSeconds(3);
    expect(await outcomeNow(verification)).toBe('accepted');
    expect(failures).toEqual([{ store: 'introspection', error: expect.objectContaining({ name: 'DeadlineError' }) }]);
  });

  test('that hangs when given a response keeps nobody waiting, and is an event', async () => {
    const scene = await openIssuer();
    const { verify, failures } = openStored(scene, { ...createStore(scene), set: () => new Promise(() => undefined) });
    const verification = verify(scene.issuer.opaqueToken());
    expect(await outcomeNow(verification)).toBe('accepted');
    scene.clock.advanceSeconds(3);
    await settle();
    expect(failures).toHaveLength(1);
  });
});
