import { randomUUID } from 'node:crypto';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type Answer, createM2m, type M2m, manage, post } from '../kit/client.js';
import { createMigratedDatabase } from '../kit/migrated-database.js';
import { startProcess, type TestProcess } from './start-process.js';
import { createUserClient, redeem, refresh, type UserClient } from './user-client.js';

// Two processes answer for one issuer, as behind a load balancer: no lock inside a process helps here, only the database.
const issuer = 'https://issuer.test';
const rounds = Array.from({ length: 10 }, (_, round) => round);

type Address = { readonly issuer: string };

/** Eight requests at the same moment, shared by both. */
const eightTimes = (servers: readonly Address[], request: (server: Address) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: 8 }, (_, at) => request(servers[at % servers.length] as Address)));

/** Exactly one has its token, and for the organization of the grant, although those who lose end the grant meanwhile. */
function expectOne(answers: readonly Answer[], { organizationId }: UserClient): readonly Answer[] {
  const winners = answers.filter(({ status }) => status === 200);
  expect(winners).toHaveLength(1);
  for (const { status, body } of answers) {
    if (status !== 200) expect([status, body.error]).toEqual([400, 'invalid_grant']);
  }
  for (const { body } of winners) expect(decodeJwt(body.access_token).org_id).toBe(organizationId);
  return winners;
}

const statusesOf = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort();
const oneOf = (status: number, others: number) => [status, ...Array<number>(7).fill(others)];

(await describeOnPostgres(describe, 'races.test.ts'))('of eight requests at the same moment', () => {
  const processes: TestProcess[] = [];
  const servers: Address[] = [];
  let database: TestDatabase;
  let m2m: M2m;
  let client: UserClient;

  const first = () => servers[0] as Address;
  const isActive = async (token: string): Promise<boolean> =>
    (await post(first(), '/oauth2/introspection', { ...m2m.credentials, token })).body.active;

  async function issueCodes(count: number): Promise<readonly string[]> {
    processes[0]?.send({ codes: { client, count } });
    return processes[0]?.next();
  }

  beforeAll(async () => {
    database = await createMigratedDatabase();
    const storage = { kind: 'postgres', connectionString: database.connectionString };
    for (const _ of [1, 2]) processes.push(startProcess('serve', JSON.stringify({ issuer, storage })));
    for (const process of processes) servers.push(await process.next());
    m2m = await createM2m(first() as never);
    client = await createUserClient(first());
  });

  afterAll(async () => {
    for (const process of processes) await process.kill();
    await database?.drop();
  });

  test('one redeems an authorization code, and what it got is worth nothing, since the code was used twice', async () => {
    for (const code of await issueCodes(rounds.length)) {
      const answers = await eightTimes(servers, (server) => redeem(server, client, code));
      for (const { body } of expectOne(answers, client)) {
        expect(await isActive(body.access_token)).toBe(false);
        expect((await refresh(first(), client, body.refresh_token)).status).toBe(400);
      }
    }
  });

  test('one uses a refresh token, and the whole family ends', async () => {
    for (const code of await issueCodes(rounds.length)) {
      const before = (await redeem(first(), client, code)).body;
      expect(await isActive(before.access_token)).toBe(true);
      const answers = await eightTimes(servers, (server) => refresh(server, client, before.refresh_token));
      expect(await isActive(before.access_token)).toBe(false);
      for (const { body } of expectOne(answers, client)) {
        expect(await isActive(body.access_token)).toBe(false);
        expect((await refresh(first(), client, body.refresh_token)).status).toBe(400);
      }
    }
  });

  test('one is let in with a DPoP proof', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = await exportJWK(publicKey);
    for (const _ of rounds) {
      const proof = await new SignJWT({ htm: 'POST', htu: `${issuer}/oauth2/token`, jti: randomUUID() })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .setIssuedAt()
        .sign(privateKey);
      const form = { ...m2m.credentials, grant_type: 'client_credentials' };
      const answers = await eightTimes(servers, (server) => post(server, '/oauth2/token', form, { dpop: proof }));
      expect(statusesOf(answers)).toEqual(oneOf(200, 400));
      const { body } = answers.find(({ status }) => status === 200) as Answer;
      expect(body.token_type).toBe('DPoP');
    }
  });

  test.each([
    [0, 5],
    [4, 1],
  ])('an application with %d client secrets gets %d more', async (there, room) => {
    for (const _ of rounds) {
      const application = { name: 'Crowd', application_type: 'm2m', organization_id: m2m.organizationId };
      const { id } = (await manage(first(), 'POST', '/connect/applications', application)).body;
      const path = `/connect/applications/${id}/client_secrets`;
      for (let made = 0; made < there; made += 1) await manage(first(), 'POST', path);

      const answers = await eightTimes(servers, (server) => manage(server, 'POST', path));
      expect(statusesOf(answers)).toEqual([...Array(room).fill(201), ...Array(8 - room).fill(422)]);
      expect((await manage(first(), 'GET', path)).body).toHaveLength(5);
    }
  });

  test('all hear the same answer to an Idempotency-Key, and one application is there', async () => {
    for (const round of rounds) {
      const body = { name: `Once ${round}`, application_type: 'm2m', organization_id: m2m.organizationId };
      const headers = { 'idempotency-key': randomUUID() };
      const answers = await eightTimes(servers, (server) =>
        manage(server, 'POST', '/connect/applications', body, headers),
      );
      expect(statusesOf(answers)).toEqual(Array(8).fill(201));
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      const there = await database.query('select id from connect_auth.applications where name = $1', [body.name]);
      expect(there).toHaveLength(1);
    }
  });
});
