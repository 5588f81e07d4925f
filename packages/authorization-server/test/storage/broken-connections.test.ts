import { hurry } from '@connect-auth/test-kit/hurry';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, createM2m, get, grant, manage } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { open } from '../oauth/open.js';
import { Relay } from '../oauth/relay.js';
import { expectWritesToStay, ownPool, untilAllThere } from './own-pool.js';
import { shareDatabase } from './shared-database.js';
import { startProcess, type TestProcess } from './start-process.js';

/** A limit of time that nothing else has. */
const limitMs = 34_567;

const unavailable = [503, '5', 'temporarily_unavailable'];

const seen = ({ status, headers, body }: Answer) => [status, headers.get('retry-after'), body.code];

const describeHere = await describeOnPostgres(describe, 'broken-connections.test.ts');

describeHere('a connection that PostgreSQL ends inside a transaction', () => {
  const shared = shareDatabase();
  let child: TestProcess;
  let address: Pick<TestServer, 'issuer'>;

  beforeEach(async () => {
    child = startProcess('serve-waiting', JSON.stringify({ issuer: 'https://issuer.test', storage: shared.storage }));
    address = await child.next();
  });

  afterEach(() => child.kill());

  /** Asks for an application; the transaction is open, and the directory is thinking. */
  async function ask(key: string): Promise<{ answer: Promise<Answer> }> {
    const wanted = { name: key, application_type: 'm2m', organization_id: 'org_acme' };
    const answer = manage(address, 'POST', '/connect/applications', wanted, { 'idempotency-key': key });
    expect(await child.next()).toEqual({ asked: 'org_acme' });
    return { answer };
  }

  const terminate = () =>
    shared.query(`select pg_terminate_backend(pid, 5000) as done from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction'`);

  const named = async (name: string) =>
    (await shared.query('select from connect_auth.applications where name = $1', [name])).length;

  test('ends that request with 503, and not the process; the next request is answered', async () => {
    for (const key of ['a', 'b', 'c']) {
      const broken = await ask(key);
      expect(await terminate()).toEqual([{ done: true }]);
      // An error that nobody hears ends the process before it can go on.
      child.send({ go: true });
      expect(seen(await broken.answer)).toEqual(unavailable);
      expect(await named(key)).toBe(0);

      const next = await ask(key);
      child.send({ go: true });
      expect((await next.answer).status).toBe(201);
      expect(await named(key)).toBe(1);
    }
  });

  test('ends as many requests as there are, and then all connections are there again', async () => {
    for (const round of [1, 2]) {
      // As many as the pool has connections.
      const broken = await Promise.all(Array.from({ length: 10 }, (_, at) => ask(`${round}/${at}`)));
      expect(await terminate()).toHaveLength(10);
      child.send({ go: true });
      for (const { answer } of broken) expect(seen(await answer)).toEqual(unavailable);
    }
    expect((await get(address, '/health/ready')).status).toBe(200);
  });
});

describeHere('a network that goes away before a transaction begins', () => {
  const rotate = (server: TestServer) => manage(server, 'POST', '/signing_keys/rotate', {});

  /** A server of two connections, both by the relay. */
  async function openScene() {
    const relay = await Relay.open();
    const { pool, storage } = ownPool(relay.connectionString, { query_timeout: limitMs });
    const server = await open({ storage });
    // By the same way, on connections that are none of the server's.
    const other = ownPool(relay.connectionString, {}).pool;
    const query = async (sql: string, values: unknown[]) => (await other.query(sql, values)).rows;
    return { relay, pool, server, query, m2m: await createM2m(server) };
  }

  test.each(['silence', 'cut'] as const)('by %s, costs the pool no connection', async (trouble) => {
    const { relay, pool, server, query, m2m } = await openScene();
    // More often than there are connections.
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([grant(server, m2m), grant(server, m2m)]);
      relay[trouble]();
      await hurry(limitMs, async () => {
        expect(seen(await rotate(server))).toEqual(unavailable);
        expect(seen(await rotate(server))).toEqual(unavailable);
      });
      await relay.restore();
      expect((await rotate(server)).status).toBe(200);
      await untilAllThere(pool);
    }
    await expectWritesToStay(server, m2m, query);
    await server.server.close();
  });

  test('costs the pool of the server’s own none, and it closes', async () => {
    const relay = await Relay.open();
    // What stands in the address goes before the limits of the server.
    const storage = {
      kind: 'postgres',
      connectionString: `${relay.connectionString}?query_timeout=${limitMs}`,
    } as const;
    const server = await open({ storage });
    const m2m = await createM2m(server);
    const { storage: opened } = server.server.parts.context;
    let arrived = 0;
    let go = () => {};
    const all = new Promise<void>((resolve) => {
      go = resolve;
    });
    // Ten connections: each is in the pool, and idle.
    const meet = () =>
      opened.transaction(async () => {
        arrived += 1;
        if (arrived === 10) go();
        await all;
      });
    await Promise.all(Array.from({ length: 10 }, meet));

    relay.silence();
    const answers = await hurry(limitMs, () => Promise.all(Array.from({ length: 10 }, () => rotate(server))));
    expect(answers.map(seen)).toEqual(Array.from({ length: 10 }, () => unavailable));
    await relay.restore();
    expect((await Promise.all(Array.from({ length: 10 }, () => grant(server, m2m)))).length).toBe(10);
    expect((await rotate(server)).status).toBe(200);
    await server.server.close();
  });
});
