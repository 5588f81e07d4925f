import { createHash } from 'node:crypto';
import { describeCurrentCaller } from '@connect-auth/audit';
import { describeAuth } from '@connect-auth/audit/adapter';
import { type Auth } from '@connect-auth/core';
import { runWithAuth } from '@connect-auth/core/adapter';
import { withOrg } from '@connect-auth/isolation';
import { afterAll, expect, test } from '@jest/globals';
import { openAuths } from './verified-auth.js';

const auths = await openAuths();
afterAll(auths.close);

const headerOf = (auth: Auth) => JSON.parse(Buffer.from(auth.token.split('.')[0] ?? '', 'base64url').toString());

test('a user is the actor, and the application is another thing', async () => {
  const auth = await auths.user('org_a');
  expect(describeAuth(auth)).toEqual({
    org: { id: 'org_a', source: 'token.org_id' },
    actor: { type: 'user', id: auth.userId },
    application: { client_id: auth.clientId },
    credential: {
      jti_sha256: createHash('sha256').update(`${auth.tokenId}`).digest('base64url'),
      kid: headerOf(auth).kid,
      iat: auth.issuedAt,
      exp: auth.expiresAt,
    },
  });
  expect(auth.userId).not.toBe(auth.clientId);
});

test('a machine is both', async () => {
  const auth = await auths.client('org_a');
  const { actor, application } = describeAuth(auth);
  expect([actor, application]).toEqual([{ type: 'm2m_client', id: auth.clientId }, { client_id: auth.clientId }]);
});

test('nothing of it gives the token away, or its jti', async () => {
  const auth = await auths.user('org_a');
  const text = JSON.stringify(describeAuth(auth));
  for (const part of [...auth.token.split('.'), `${auth.tokenId}`]) expect(text).not.toContain(part);
});

test('a key is named only where the signature was checked here, and only if the token has a header', async () => {
  const auth = await auths.client('org_a');
  const changed = (change: object) => Object.create(auth, Object.getOwnPropertyDescriptors(change)) as Auth;
  expect(describeAuth(changed({ verifiedBy: 'introspection' })).credential).not.toHaveProperty('kid');
  for (const token of ['opaque', undefined, `${Buffer.from('null').toString('base64url')}.a.b`]) {
    expect(describeAuth(changed({ token })).credential).not.toHaveProperty('kid');
  }
});

test('without a request the program itself acts, for the organization of the frame', async () => {
  const system = { actor: { type: 'system', id: 'system' } };
  expect(describeCurrentCaller()).toEqual(system);
  await withOrg('org_a', async () => {
    expect(describeCurrentCaller()).toEqual({ ...system, org: { id: 'org_a', source: 'frame' } });
  });
});

test('in a request its caller acts', async () => {
  const auth = await auths.user('org_a');
  expect(runWithAuth(auth, describeCurrentCaller)).toEqual(describeAuth(auth));
});
