import { beforeAll, describe, expect, test } from '@jest/globals';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { ProjectsGateway } from './gateways.js';
import { insufficientScope, missingToken, orgRequired } from './message-errors.js';
import { nestMajor } from './nest-major.js';
import { openGateway, tellingKinds } from './open-gateway.js';

const read = { scopes: ['projects:read'] };

describe.each(tellingKinds)('%s: a refused message', (kind) => {
  let world: OpenIssuer;
  let gateway: Awaited<ReturnType<typeof openGateway>>;
  beforeAll(async () => {
    world = await openIssuer();
    gateway = await openGateway(kind, world.trust(), ProjectsGateway);
  });

  async function ask(event: string, token: string) {
    const client = await gateway.connectWith(token);
    return client.ask(event);
  }

  test('reaches its handler with what the gateway asks for', async () => {
    const token = world.issuer.token({ ...read, org: 'org_A' });
    expect(await ask('list', token)).toEqual({ event: 'answer', data: 'org_A' });
  });

  test('lacks the scope of the gateway', async () => {
    const data = insufficientScope('projects:read');
    expect(await ask('list', world.issuer.token({ scopes: ['other'] }))).toEqual({ event: 'exception', data });
  });

  test('lacks the scope of the message, which counts instead', async () => {
    const data = insufficientScope('projects:write');
    expect(await ask('write', world.issuer.token(read))).toEqual({ event: 'exception', data });
    const written = await ask('write', world.issuer.token({ scopes: ['projects:write'] }));
    expect(written).toEqual({ event: 'answer', data: 'written' });
  });

  test('acts for no organization, and a parameter asks for it', async () => {
    const token = world.issuer.token({ ...read, omit: ['org_id'] });
    expect(await ask('list', token)).toEqual({ event: 'exception', data: orgRequired });
  });

  test('leaves the connection open for the next one', async () => {
    const client = await gateway.connectWith(world.issuer.token({ ...read, org: 'org_A' }));
    expect(await client.ask('write')).toMatchObject({ event: 'exception' });
    expect(await client.ask('list')).toEqual({ event: 'answer', data: 'org_A' });
    expect(gateway.errors).toEqual([]);
  });
});

test('socket.io: who brings no token is let in where that is allowed, and nowhere else', async () => {
  const { issuer, trust } = await openIssuer();
  const { connectWith } = await openGateway('socket.io', trust(), ProjectsGateway);
  const nobody = await connectWith(undefined);
  expect(await nobody.ask('list')).toEqual({ event: 'exception', data: missingToken });
  expect(await nobody.ask('about')).toEqual({ event: 'answer', data: 'about' });
  expect(await nobody.ask('greet')).toEqual({ event: 'answer', data: 'nobody' });
  const flawed = await connectWith(issuer.flaws.expired());
  expect(await flawed.ask('about')).toEqual({ event: 'answer', data: 'about' });
  expect(await flawed.ask('greet')).toMatchObject({ event: 'exception', data: { error: 'invalid_token' } });
});

if (nestMajor < 12) {
  test('ws on Nest 11: a refused message reaches no handler, and its sender hears nothing of it', async () => {
    const { issuer, trust } = await openIssuer();
    const { connectWith, errors } = await openGateway('ws', trust(), ProjectsGateway);
    const client = await connectWith(issuer.token(read));
    client.send('write');
    // Messages are taken in turn: had the first been answered, its answer would come first.
    expect(await client.ask('about')).toEqual({ event: 'answer', data: 'about' });
    expect(await client.ask('about')).toEqual({ event: 'answer', data: 'about' });
    expect([client.arrived, errors]).toEqual([[], []]);
  });
}
