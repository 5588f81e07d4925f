import { beforeEach, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { removeExpired } from '../../src/server/remove-expired.js';
import { accessTokens, artifacts } from '../../src/storage/schema/tokens.js';
import { Artifacts } from '../../src/tokens/artifacts.js';
import { manage, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { isActive } from '../oauth/introspect.js';
import { open } from '../oauth/open.js';
import { type Consent, consent, consentTo, createCode, refresh, type Tokens, tokensFor } from '../oauth/user-tokens.js';

const noon = Date.now();
const hour = 3_600_000;

/** How a grant ends: by itself, or with what it stands on. */
const ends: [how: string, end: (consented: Consent) => Promise<unknown>][] = [
  ['alone', ({ server, grantId }) => server.server.parts.revocation.revokeGrant(grantId)],
  ['by the engine', async ({ server, grantId }) => (await server.server.provider.Grant.find(grantId))?.destroy()],
  [
    'with the membership',
    ({ server, member }) =>
      manage(server, 'DELETE', `/user_management/organization_memberships/${member.membershipId}`),
  ],
  [
    'with the organization',
    ({ server, member }) => manage(server, 'DELETE', `/organizations/${member.organizationId}`),
  ],
];

describe.each(ends)('a grant that has ended %s', (_how, end) => {
  let now: number;
  let server: TestServer;
  let grants: Artifacts;
  let consented: Consent;
  let tokens: Tokens;

  beforeEach(async () => {
    now = noon;
    server ??= await open({ clock: { now: () => now } });
    grants = new Artifacts(server.server.parts.context, 'Grant');
    consented = await consent(server);
    tokens = await tokensFor(consented);
  });

  const find = () => server.server.provider.Grant.find(consented.grantId);

  const sweep = () => removeExpired(server.server.parts.context);

  const organization = () => grants.organizationOf(consented.grantId);

  test('is not found any more, and nothing of it is good for anything', async () => {
    const { form } = await createCode(consented);
    expect(await find()).toBeDefined();
    expect(await isActive(server, consented.client, tokens.accessToken)).toBe(true);
    await end(consented);
    expect(await find()).toBeUndefined();
    expect(await grants.find(consented.grantId)).toBeUndefined();
    for (const answer of [await refresh(consented, tokens.refreshToken), await post(server, '/oauth2/token', form)]) {
      expect([answer.status, answer.body.error]).toEqual([400, 'invalid_grant']);
    }
    for (const token of [tokens.accessToken, tokens.refreshToken]) {
      expect(await isActive(server, consented.client, token)).toBe(false);
    }
  });

  test('leaves nothing in the tables but itself, and tokens that were revoked', async () => {
    const { context } = server.server.parts;
    const kinds = async () => {
      const rows = await context.storage.db
        .select({ kind: artifacts.kind })
        .from(artifacts)
        .where(eq(artifacts.grantId, consented.grantId));
      return rows.map(({ kind }) => kind).sort();
    };
    const revocations = () =>
      context.storage.db
        .select({ at: accessTokens.revokedAt })
        .from(accessTokens)
        .where(eq(accessTokens.grantId, consented.grantId));
    await createCode(consented);
    expect(await kinds()).toEqual(['AuthorizationCode', 'AuthorizationCode', 'Grant', 'RefreshToken']);
    expect(await revocations()).toEqual([{ at: null }]);
    await end(consented);
    expect(await kinds()).toEqual(['Grant']);
    expect(await revocations()).toEqual([{ at: new Date(noon) }]);
  });

  test('is remembered with its organization for an hour, and then swept', async () => {
    const { organizationId } = consented.member;
    await end(consented);
    await sweep();
    expect(await organization()).toBe(organizationId);
    now = noon + hour - 1;
    await sweep();
    expect(await organization()).toBe(organizationId);
    now = noon + hour;
    await sweep();
    expect(await organization()).toBeUndefined();
  });

  test('stays ended: ending it again makes neither its hour longer nor a second event', async () => {
    await end(consented);
    now = noon + hour / 2;
    await server.server.parts.revocation.revokeGrant(consented.grantId);
    expect(await find()).toBeUndefined();
    now = noon + hour;
    await sweep();
    expect(await organization()).toBeUndefined();
    const revoked = server.events.filter(({ targets }) => targets[0]?.id === consented.grantId);
    expect(revoked.map(({ action }) => action)).toEqual(['grant.revoked']);
  });

  test('stays ended when the request that was using it writes it once more', async () => {
    const found = await find();
    await end(consented);
    await found?.save();
    expect(await find()).toBeUndefined();
    expect((await refresh(consented, tokens.refreshToken)).status).toBe(400);
  });

  test('leaves other grants alone', async () => {
    const other = await consent(server);
    const theirs = await tokensFor(other);
    const late = await consentTo(server, consented.client, other.member);
    await end(consented);
    expect(await server.server.provider.Grant.find(other.grantId)).toBeDefined();
    expect(await server.server.provider.Grant.find(late.grantId)).toBeDefined();
    expect(await isActive(server, other.client, theirs.accessToken)).toBe(true);
    expect((await refresh(other, theirs.refreshToken)).status).toBe(200);
  });
});
