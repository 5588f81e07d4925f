import { withOrg } from '@connect-auth/isolation';
import { OrgPool, orgRefusalOf } from '@connect-auth/postgres';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { openRelay } from '../layers/relay.js';
import { countProjects, createWalledDatabase } from './schema.js';

/** A statement and its binding are one transaction of the server's, without BEGIN and COMMIT. */
(await describeOnPostgres(describe, 'a shared Sync'))('a statement by itself', () => {
  let database: TestDatabase;
  let pool: OrgPool;
  beforeAll(async () => {
    database = await createWalledDatabase();
    pool = new OrgPool({ connectionString: database.runtimeUrl, max: 1 }, { context: 'bound' });
    await database.query(`
      CREATE PROCEDURE app.commit_and_count() LANGUAGE plpgsql AS $$
      BEGIN COMMIT; INSERT INTO app.project (name) VALUES ('after the commit'); END $$;
      GRANT EXECUTE ON PROCEDURE app.commit_and_count() TO PUBLIC`);
  });
  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });
  const as = <Result>(orgId: string, work: () => Promise<Result>) => withOrg(orgId, work);
  const orgsSeen = (text: string, values?: unknown[]) =>
    pool.query<{ org_id: string }>(text, values).then(({ rows }) => [...new Set(rows.map(({ org_id }) => org_id))]);

  test.each<[string, unknown[] | undefined]>([
    ['select org_id from app.project', undefined],
    ['select org_id from app.project;  ', []],
    ['select org_id from app.project where name <> $1', ['x']],
  ])('%s', async (text, values) => {
    for (const orgId of ['org_a', 'org_b', 'org_a']) {
      expect(await as(orgId, () => orgsSeen(text, values))).toEqual([orgId]);
    }
  });

  test('answers as pg does: fields, row mode, types, several statements, nothing at all', async () => {
    await as('org_a', async () => {
      const array = await pool.query({ text: 'select 1 as a, 2 as a', rowMode: 'array' });
      expect([array.rows, array.fields.map(({ name }) => name), array.rowCount]).toEqual([[[1, 2]], ['a', 'a'], 1]);
      const typed = await pool.query({
        text: 'select 7::int8 as n',
        types: { getTypeParser: () => () => 'seven' } as never,
      });
      expect(typed.rows).toEqual([{ n: 'seven' }]);
      const several = (await pool.query('select 1 as a; select org_id from app.project limit 1')) as unknown as {
        rows: object[];
      }[];
      expect(several.map(({ rows }) => rows)).toEqual([[{ a: 1 }], [{ org_id: 'org_a' }]]);
      expect((await pool.query('-- nothing')).rows).toEqual([]);
      expect((await pool.query('')).rows).toEqual([]);
      const none = await pool.query("update app.project set name = name where name = 'nobody’s'");
      expect([none.command, none.rowCount]).toEqual(['UPDATE', 0]);
    });
  });

  test('bytes are asked for where pg asks for them, and a parser that throws is an error of its own', async () => {
    await as('org_a', async () => {
      const [{ pid } = { pid: 0 }] = (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
      const amount = await pool.query({ text: 'select 1.50::numeric as n', binary: true } as pg.QueryConfig);
      expect(amount.rows).toEqual([{ n: '1.50' }]);
      const parser = () => {
        throw new Error('no such date');
      };
      const client = await pool.connect();
      const parsed = client.query({ text: 'select 1 as n', types: { getTypeParser: () => parser } } as never);
      await expect(parsed).rejects.toThrow('no such date');
      expect(await client.query({ text: 'select 2 as n', callback: null } as never)).toMatchObject({
        rows: [{ n: 2 }],
      });
      client.release();
      expect((await pool.query('select pg_backend_pid() as pid')).rows).toEqual([{ pid }]);
    });
  });

  test('an error takes back what it did, and leaves the connection to the next', async () => {
    await as('org_a', async () => {
      const failing =
        "with made as (insert into app.project (name) values ('half') returning name) select 1 / (length(name) - 4) from made";
      await expect(pool.query(failing)).rejects.toMatchObject({ code: '22012' });
      await expect(pool.query('selec 1')).rejects.toMatchObject({ code: '42601' });
      await expect(pool.query('select $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' });
    });
    expect(await countProjects(database, 'half')).toBe(0);
    expect(await as('org_b', () => orgsSeen('select org_id from app.project'))).toEqual(['org_b']);
  });

  test('what follows an error at once is answered right, however it is sent', async () => {
    const failing = ['selec 1', 'select 1 / 0', { text: 'select $1::int', values: ['x'] }];
    const named = { name: 'mine', text: 'select distinct org_id from app.project' };
    const following = [
      (client: pg.PoolClient) => client.query(named),
      (client: pg.PoolClient) => client.query(named.text),
      (client: pg.PoolClient) => client.query(`select 1; ${named.text}`).then((all) => (all as unknown as object[])[1]),
      async (client: pg.PoolClient) => {
        await client.query('begin');
        const found = await client.query(named.text);
        await client.query('commit');
        return found;
      },
    ];
    for (const [at, fail] of failing.entries()) {
      for (const follow of following) {
        const orgId = at % 2 === 0 ? 'org_a' : 'org_b';
        await as(orgId, async () => {
          const client = await pool.connect();
          const failed = client.query(fail as string).catch(({ code }: { code: string }) => code);
          const found = follow(client);
          expect([await failed, await found]).toEqual([
            expect.stringMatching(/^(42|22)/),
            expect.objectContaining({ rows: [{ org_id: orgId }] }),
          ]);
          await expect(client.query(fail as string)).rejects.toThrow();
          expect(await follow(client)).toMatchObject({ rows: [{ org_id: orgId }] });
          client.release();
        });
      }
    }
  });

  test('what is checked at the end of the transaction is an error of the statement', async () => {
    await database.query('ALTER TABLE app.project ADD UNIQUE (org_id, name) DEFERRABLE INITIALLY DEFERRED');
    await as('org_a', async () => {
      const twice = "insert into app.project (name) values ('twice'), ('twice')";
      await expect(pool.query(twice)).rejects.toMatchObject({ code: '23505' });
    });
    expect(await countProjects(database, 'twice')).toBe(0);
  });

  test('a procedure that commits has no organization after it', async () => {
    await as('org_a', async () => {
      const error = await pool.query('call app.commit_and_count()').catch((thrown: unknown) => thrown);
      // As PostgreSQL counts the messages of one Sync: a transaction block, or the transaction that follows.
      expect(['2D000', 'OR401']).toContain((error as { code?: string }).code);
    });
    expect(await countProjects(database, 'after the commit')).toBe(0);
    expect(await as('org_b', () => orgsSeen('select org_id from app.project'))).toEqual(['org_b']);
  });

  test('where the binding fails, the statement does not run', async () => {
    await database.query('ALTER FUNCTION app.bind_org(text, text[]) RENAME TO bind_nobody');
    await as('org_a', async () => {
      const text = "insert into app.project (org_id, name) values ('org_a', 'unbound')";
      await expect(pool.query(text)).rejects.toMatchObject({ code: '42883' });
    });
    await database.query('ALTER FUNCTION app.bind_nobody(text, text[]) RENAME TO bind_org');
    expect(await countProjects(database, 'unbound')).toBe(0);
  });

  test('organizations below one are bound to the letter', async () => {
    const readable = ['org "x"', 'org,y', 'org\\z', '{org}'];
    const wide = new OrgPool(
      { connectionString: database.runtimeUrl, max: 1 },
      { context: 'bound', readableOrgs: () => readable },
    );
    const { rows } = await as('org_a', () => wide.query('select app.readable_orgs() as readable'));
    await wide.end();
    expect(rows).toEqual([{ readable: [...readable, 'org_a'] }]);
  });

  test('a sealed pool takes nothing for its own on a database that binds without seals', async () => {
    const key = new Uint8Array(32).fill(1);
    const sealed = new OrgPool(
      { connectionString: database.runtimeUrl, max: 1 },
      { context: 'sealed', seal: { kid: 'k1', key } },
    );
    await as('org_a', async () => {
      const text = "insert into app.project (name) values ('sealed')";
      await expect(sealed.query(text)).rejects.toMatchObject({ code: '42883' });
    });
    await sealed.end();
    expect(await countProjects(database, 'sealed')).toBe(0);
  });

  test('a `query_timeout` gives the caller an error, and the connection to nobody', async () => {
    await as('org_a', async () => {
      const [{ pid } = { pid: 0 }] = (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
      const slow = pool.query({ text: 'select pg_sleep(3)', query_timeout: 20 } as never);
      await expect(slow).rejects.toThrow('timeout');
      expect((await pool.query('select pg_backend_pid() as pid')).rows).not.toEqual([{ pid }]);
    });
  });

  test('is one round trip, with values and without', async () => {
    const relay = await openRelay(database.runtimeUrl);
    const relayed = new OrgPool({ connectionString: relay.connectionString, max: 1 }, { context: 'bound' });
    await as('org_a', async () => {
      await relayed.query('select 1');
      for (const values of [undefined, [1]]) {
        const before = relay.roundTrips();
        await relayed.query(`select ${values ? '$1' : '1'}`, values);
        expect(relay.roundTrips() - before).toBe(1);
      }
    });
    await relayed.end();
    await relay.close();
  });

  test('what the wall refuses is read as a refusal, and what is nobody’s fault is not', async () => {
    await as('org_a', async () => {
      const moved = await pool
        .query("insert into app.project (org_id, name) values ('org_b', 'moved')")
        .catch((thrown: unknown) => thrown);
      expect(orgRefusalOf(moved)).toMatchObject({ status: 404, reason: 'org_mismatch' });
      const wrong = await pool.query('selec 1').catch((thrown: unknown) => thrown);
      expect(orgRefusalOf(wrong)).toBeUndefined();
    });
  });
});
