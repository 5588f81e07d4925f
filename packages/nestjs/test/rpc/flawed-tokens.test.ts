import { flawNames } from '@connect-auth/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { invalidToken } from '../ws/message-errors.js';
import { openGuardedMessage } from './open-guarded-message.js';

let world: OpenIssuer;
let service: Awaited<ReturnType<typeof openGuardedMessage>>;
beforeAll(async () => {
  world = await openIssuer();
  service = await openGuardedMessage(world.trust());
});

test.each(flawNames)('TCP, %s: UNAUTHENTICATED, and the handler is not reached', async (flaw) => {
  expect(await service.call(world.issuer.flaws[flaw]())).toEqual({ error: invalidToken });
  expect([service.reached, service.errors]).toEqual([[], []]);
});

test('after all flaws a good token is as good as before', async () => {
  expect(await service.call(world.issuer.token({ org: 'org_A' }))).toEqual({ answer: 'org_A' });
});
