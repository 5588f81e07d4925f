import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import type { Tables } from '../../src/tables.js';
import { type Engine, openOnPglite, openOnPostgres } from './engine.js';

/** The same tests on both engines, each on a database of its own, and each test on the sample rows. */
export async function describeEngines(
  title: string,
  tables: Tables,
  tests: (engine: () => Engine) => void,
): Promise<void> {
  const engines = [
    { name: 'PGlite', describeIt: describe, open: openOnPglite },
    { name: 'PostgreSQL', describeIt: await describeOnPostgres(describe, title), open: openOnPostgres },
  ];
  for (const { name, describeIt, open } of engines) {
    describeIt(`${title}, on ${name}`, () => {
      let engine: Engine;
      beforeAll(async () => {
        engine = await open(tables);
      });
      beforeEach(async () => {
        await emptyTables(engine);
        await tables.addSampleRows(engine.database);
      });
      afterAll(() => engine?.close());
      tests(() => engine);
    });
  }
}

async function emptyTables({ admin }: Engine): Promise<void> {
  const [row] = await admin(
    `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS "all" FROM pg_tables WHERE schemaname = 'app'`,
  );
  await admin(`TRUNCATE ${(row as { all: string }).all}`);
}
