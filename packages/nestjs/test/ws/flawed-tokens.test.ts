import { flawNames } from '@connect-auth/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { invalidToken } from './message-errors.js';
import { socketKinds } from './open-gateway.js';
import { openGuardedGateway } from './open-guarded-gateway.js';

describe.each(socketKinds)('%s', (kind) => {
  let world: OpenIssuer;
  let gateway: Awaited<ReturnType<typeof openGuardedGateway>>;
  beforeAll(async () => {
    world = await openIssuer();
    gateway = await openGuardedGateway(kind, world.trust());
  });

  test.each(flawNames)('%s: 401 invalid_token, and the handler is not reached', async (flaw) => {
    expect(await gateway.call(world.issuer.flaws[flaw]())).toEqual({ event: 'exception', data: invalidToken });
    expect([gateway.reached, gateway.errors]).toEqual([[], []]);
  });

  test('after all flaws a good token is as good as before', async () => {
    const told = await gateway.call(world.issuer.token({ org: 'org_A' }));
    expect(told).toEqual({ event: 'projects', data: { subject: gateway.reached[0]?.subject, orgId: 'org_A' } });
  });
});
