import { describe, expect, test } from '@jest/globals';
import { ConnectAuthVerifier } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { ProjectsGateway } from './gateways.js';
import { invalidToken } from './message-errors.js';
import { openGateway, tellingKinds } from './open-gateway.js';

const grant = { scopes: ['projects:read'], org: 'org_A' };

describe.each(tellingKinds)('%s: each message on a connection is held to the token that it was opened with', (kind) => {
  test('which expires', async () => {
    const { issuer, clock, trust } = await openIssuer();
    const { connectWith } = await openGateway(kind, trust(), ProjectsGateway);
    const client = await connectWith(issuer.token({ ...grant, lifetimeSeconds: 300 }));
    expect(await client.ask('list')).toEqual({ event: 'answer', data: 'org_A' });
    clock.advanceSeconds(300);
    expect(await client.ask('list')).toEqual({ event: 'answer', data: 'org_A' });
    clock.advanceSeconds(6);
    expect(await client.ask('list')).toEqual({ event: 'exception', data: invalidToken });
    expect(await client.ask('about')).toEqual({ event: 'answer', data: 'about' });
  });

  test('which is revoked', async () => {
    const { issuer, trust } = await openIssuer();
    const { app, connectWith } = await openGateway(kind, trust(), ProjectsGateway);
    const client = await connectWith(issuer.token(grant));
    const other = await connectWith(issuer.token({ ...grant, org: 'org_B' }));
    expect(await client.ask('list')).toEqual({ event: 'answer', data: 'org_A' });
    await app.get(ConnectAuthVerifier).revoke({ orgId: 'org_A' });
    expect(await client.ask('list')).toEqual({ event: 'exception', data: invalidToken });
    expect(await other.ask('list')).toEqual({ event: 'answer', data: 'org_B' });
  });
});
