import { describe, expect, test } from '@jest/globals';
import { openIssuer } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';
import { createStore, openStored } from './shared-store.js';

describe('a store that two verifiers share', () => {
  test('spares the second one the call', async () => {
    const scene = await openIssuer();
    const store = createStore(scene);
    const token = scene.issuer.opaqueToken();
    await openStored(scene, store).verify(token);
    expect((await openStored(scene, store).verify(token)).verifiedBy).toBe('introspection');
    expect(await outcomeOf(openStored(scene, store).verify('no-such-token'))).toBe('401 inactive');
    expect(await outcomeOf(openStored(scene, store).verify('no-such-token'))).toBe('401 inactive');
    expect(scene.issuer.requests.introspection).toBe(2);
  });

  test('is told to keep a response for 60 s, never past the end of the token, and an inactive one for 5 s', async () => {
    const scene = await openIssuer();
    const store = createStore(scene);
    const { verify } = openStored(scene, store);
    await verify(scene.issuer.opaqueToken());
    await verify(scene.issuer.opaqueToken({ lifetimeSeconds: 20 }));
    await outcomeOf(verify('no-such-token'));
    expect(store.ttls).toEqual([60, 20, 5]);
  });

  test('does not make a response serve longer than 60 s after it was given', async () => {
    const scene = await openIssuer();
    const store = createStore(scene);
    const [first, second] = [openStored(scene, store), openStored(scene, store)];
    const token = scene.issuer.opaqueToken();
    await first.verify(token);
    scene.issuer.revoke(token);
    scene.clock.advanceSeconds(59);
    expect(await outcomeOf(second.verify(token))).toBe('accepted');
    scene.clock.advanceSeconds(1);
    expect(await outcomeOf(second.verify(token))).toBe('401 inactive');
  });

  test('keeps the answers of two issuers apart, even about one token', async () => {
    const [one, other] = [await openIssuer(), await openIssuer({ issuer: 'https://other.test' })];
    const store = createStore(one);
    const token = one.issuer.opaqueToken();
    await openStored(one, store).verify(token);
    expect(await outcomeOf(openStored(other, store).verify(token))).toBe('401 inactive');
    expect(store.kept.size).toBe(2);
  });

  test('is passed over live, and given the new response', async () => {
    const scene = await openIssuer();
    const store = createStore(scene);
    const token = scene.issuer.opaqueToken();
    await openStored(scene, store).verify(token);
    scene.issuer.revoke(token);
    expect(await outcomeOf(openStored(scene, store).verify(token, { live: true }))).toBe('401 inactive');
    expect(await outcomeOf(openStored(scene, store).verify(token))).toBe('401 inactive');
  });

  test('is passed over live also while another caller is looking into it, and what it said before counts no more', async () => {
    const scene = await openIssuer();
    const store = createStore(scene);
    const token = scene.issuer.opaqueToken();
    await openStored(scene, store).verify(token);
    scene.issuer.revoke(token);
    let deliver = () => {};
    const delivered = new Promise<void>((resolve) => {
      deliver = resolve;
    });
    const get = async (key: string) => {
      const response = await store.get(key); // From before the live call.
      await delivered;
      return response;
    };
    const { verify } = openStored(scene, { ...store, get });
    const relaxed = outcomeOf(verify(token));
    expect(await outcomeOf(verify(token, { live: true }))).toBe('401 inactive');
    deliver();
    await relaxed;
    expect(await outcomeOf(verify(token))).toBe('401 inactive');
  });
});
