import { createVerifier, type Revocation, type RevocationFeed } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { outcomeOf, refused } from '../errors/outcome.js';
import { openSigner } from '../token/signer.js';

const signer = await openSigner();

/** A feed in memory, which every process hears, the publisher included. */
function createFeed() {
  const listeners = new Set<(revocation: Revocation) => void>();
  const published: Revocation[] = [];
  const send = (message: unknown) => {
    for (const listener of listeners) listener(message as Revocation);
  };
  const feed: RevocationFeed = {
    publish: async (revocation) => {
      published.push(revocation);
      send(revocation);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
  return { feed, listeners, published, send };
}

const follow = (revocations: RevocationFeed) => createVerifier({ ...signer.options, stores: { revocations } });
const revoked = refused('revoked (orgId)');

test('what one process revokes is revoked in all, and named on the feed once', async () => {
  const { feed, published } = createFeed();
  const [one, two, alone] = [follow(feed), follow(feed), createVerifier(signer.options)];
  const token = signer.sign();
  for (const each of [one, two, alone]) await each.verify(token);
  await one.revoke({ orgId: 'org_1' });
  expect(await outcomeOf(one.verify(token))).toBe(revoked);
  expect(await outcomeOf(two.verify(token))).toBe(revoked);
  expect(await outcomeOf(alone.verify(token))).toBe('accepted');
  expect(published).toEqual([{ orgId: 'org_1' }]);
});

test('a message that arrives late speaks of when it was sent, if it says so', async () => {
  const { feed, send } = createFeed();
  const verifier = follow(feed);
  send({ orgId: 'org_1', at: signer.now - 10 });
  expect(await outcomeOf(verifier.verify(signer.sign({ payload: { ...signer.claims, iat: signer.now - 10 } })))).toBe(
    revoked,
  );
  expect(await outcomeOf(verifier.verify(signer.sign()))).toBe('accepted');
});

test('a message that makes no sense is reported and left aside', async () => {
  const { feed, send } = createFeed();
  const verifier = follow(feed);
  const reports: unknown[] = [];
  verifier.on('store_failed', ({ store }) => reports.push(store));
  const senseless = [undefined, null, 'x', 7, [], {}, { orgId: '' }, { orgId: 'org_1', tokenId: 'token_1' }, { at: 1 }];
  for (const message of senseless) send(message);
  expect(reports).toEqual(senseless.map(() => 'revocations'));
  expect(await outcomeOf(verifier.verify(signer.sign()))).toBe('accepted');
  send({ orgId: 'org_1' });
  expect(await outcomeOf(verifier.verify(signer.sign()))).toBe(revoked);
});

test('a feed that fails is the caller’s to hear of; the revocation holds here all the same', async () => {
  const error = new Error('no connection');
  const verifier = follow({ publish: () => Promise.reject(error), subscribe: () => () => undefined });
  await expect(verifier.revoke({ orgId: 'org_1' })).rejects.toBe(error);
  expect(await outcomeOf(verifier.verify(signer.sign()))).toBe(revoked);
});

test('a revocation that is none is not published', async () => {
  const { feed, published } = createFeed();
  await expect(follow(feed).revoke({} as Revocation)).rejects.toThrow('revoke() takes exactly one of');
  expect(published).toEqual([]);
});

test('close() leaves the feed', async () => {
  const { feed, listeners } = createFeed();
  const verifier = follow(feed);
  expect(listeners.size).toBe(1);
  await verifier.close();
  expect(listeners.size).toBe(0);
});

// The feed is left: a token that was revoked elsewhere since would pass until its keys are too old.
test('a verifier that was closed accepts nothing any more', async () => {
  const { feed } = createFeed();
  const [one, two] = [follow(feed), follow(feed)];
  const token = signer.sign();
  await two.verify(token);
  await two.close();
  await one.revoke({ orgId: 'org_1' });
  expect(await outcomeOf(two.verify(token))).not.toBe('accepted');
});
