import { describeOnPostgres, hasPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import type { Database } from '../../src/storage/database.js';
import { openStorage } from '../../src/storage/open-storage.js';
import { environments } from '../../src/storage/schema/environments.js';
import type { Storage } from '../../src/storage/storage.js';
import type { StorageOptions } from '../../src/storage/storage-options.js';
import { get } from '../kit/client.js';
import { createMigratedDatabase } from '../kit/migrated-database.js';
import { withMigratedPglite } from '../kit/migrated-pglite.js';
import { shareDatabase } from './shared-database.js';

let database: TestDatabase | undefined;

beforeAll(async () => {
  if (await hasPostgres()) database = await createMigratedDatabase();
});

afterAll(() => database?.drop());

const onPostgres = (): StorageOptions => ({ kind: 'postgres', connectionString: database?.connectionString as string });

const describeHere = await describeOnPostgres(describe, 'transactions.test.ts');

const places: [place: string, describeThere: typeof describeHere, options: () => StorageOptions][] = [
  ['PostgreSQL', describeHere, onPostgres],
  ['PGlite', describe, () => ({ kind: 'pglite' })],
];

for (const [place, describeThere, options] of places) {
  describeThere(`a transaction on ${place}`, () => {
    let storage: Storage;

    beforeAll(async () => {
      storage = await withMigratedPglite(() => openStorage(options(), 'default', 'auto'));
    });

    afterAll(() => storage?.close());

    const write = (id: string, db: Database = storage.db) =>
      db.insert(environments).values({ id, clientId: `client of ${id}`, createdAt: new Date() });

    const isThere = async (id: string) =>
      (await storage.db.select().from(environments).where(eq(environments.id, id))).length === 1;

    const failure = new Error('no');

    test('is all or nothing', async () => {
      const result = await storage.transaction(async () => {
        await write('whole');
        return 'its result';
      });
      expect(result).toBe('its result');
      expect(await isThere('whole')).toBe(true);

      const failing = storage.transaction(async () => {
        await write('half');
        expect(await isThere('half')).toBe(true);
        throw failure;
      });
      await expect(failing).rejects.toBe(failure);
      expect(await isThere('half')).toBe(false);
    });

    test('is one with those inside it, however deep', async () => {
      await storage.transaction(async (outer) => {
        await write('outer', outer);
        await storage.transaction(async (inner) => {
          expect(inner).toBe(outer);
          expect(storage.db).toBe(outer);
          await storage.alone('a purpose', () => write('inner'));
        });
      });
      expect([await isThere('outer'), await isThere('inner')]).toEqual([true, true]);

      const failing = storage.transaction(async () => {
        await storage.transaction(() => write('lost'));
        throw failure;
      });
      await expect(failing).rejects.toBe(failure);
      expect(await isThere('lost')).toBe(false);
    });

    test('is not joined by what runs beside it', async () => {
      const open = () => storage.transaction(async (db) => db);
      const [one, other] = await Promise.all([open(), open()]);
      expect(one).not.toBe(other);
      expect([one, other]).not.toContain(storage.db);
    });

    test('has what comes after it done after its end, in order, and not at all when it fails', async () => {
      const done: string[] = [];
      storage.afterCommit(() => done.push('at once'));
      expect(done).toEqual(['at once']);

      await storage.transaction(async () => {
        storage.afterCommit(() => done.push('first'));
        await storage.transaction(async () => storage.afterCommit(() => void done.push('second')));
        await write('followed');
        expect(done).toEqual(['at once']);
      });
      expect(done).toEqual(['at once', 'first', 'second']);

      const failing = storage.transaction(async () => {
        storage.afterCommit(() => done.push('never'));
        await storage.transaction(async () => storage.afterCommit(() => void done.push('never')));
        throw failure;
      });
      await expect(failing).rejects.toBe(failure);
      expect(done).toEqual(['at once', 'first', 'second']);
    });

    test('is over for what it did after its end', async () => {
      let isOver = false;
      await storage.transaction(async (db) => {
        storage.afterCommit(() => {
          isOver = storage.db !== db;
        });
      });
      expect(isOver).toBe(true);
    });

    test('of one purpose is open once at a time', async () => {
      const log: string[] = [];
      const work = (name: string) =>
        storage.alone('numbers', async (db) => {
          log.push(`${name} begins`);
          await db.execute('select pg_sleep(0.05)');
          log.push(`${name} ends`);
        });
      await Promise.all([work('one'), work('two'), work('three')]);
      for (let at = 0; at < log.length; at += 2) {
        expect(log[at + 1]).toBe(log[at]?.replace('begins', 'ends'));
      }
      expect(log).toHaveLength(6);
    });
  });
}

describeHere('two servers', () => {
  const counting = async (storage: Storage, environment: string) =>
    storage.alone('count', async (db) => {
      const [row] = await db.select().from(environments).where(eq(environments.id, environment));
      const count = Number(row?.clientId.split('/')[1]) + 1;
      await db.execute('select pg_sleep(0.01)');
      await db
        .update(environments)
        .set({ clientId: `${environment}/${count}` })
        .where(eq(environments.id, environment));
    });

  test('work alone in turns, and only those of one environment wait for each other', async () => {
    const storages = await Promise.all(
      ['a', 'a', 'b'].map((environment) => openStorage(onPostgres(), environment, 'auto')),
    );
    const [one, two, other] = storages as [Storage, Storage, Storage];
    await one.db.insert(environments).values({ id: 'counted', clientId: 'counted/0', createdAt: new Date() });
    await Promise.all(Array.from({ length: 10 }, (_, at) => counting(at % 2 === 0 ? one : two, 'counted')));
    const [row] = await one.db.select().from(environments).where(eq(environments.id, 'counted'));
    expect(row?.clientId).toBe('counted/10');

    const inside = one.alone('purpose', async () => {
      await other.alone('purpose', async () => undefined);
      await two.alone('another purpose', async () => undefined);
    });
    await expect(inside).resolves.toBeUndefined();
    for (const storage of storages) await storage.close();
  });
});

describeHere('a rotation of the signing keys', () => {
  const shared = shareDatabase();

  test('inside a transaction that fails changes nothing, neither in the database nor in this process', async () => {
    const server = await shared.open();
    const { storage } = server.server.parts.context;
    const { signingKeys } = server.server.parts;
    const before = (await get(server, '/oauth2/jwks')).body;
    const failing = storage.transaction(async () => {
      await signingKeys.rotate();
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await get(server, '/oauth2/jwks')).body).toEqual(before);
    expect(server.events.filter(({ action }) => action === 'signing_key.retired')).toEqual([]);
  });
});
