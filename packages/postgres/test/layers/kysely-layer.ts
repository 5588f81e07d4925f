import { type ControlledTransaction, type Generated, Kysely, PostgresDialect, sql } from 'kysely';
import type { Layer, Queries } from './layer.js';

interface Tables {
  'app.project': { org_id: Generated<string>; id: Generated<string>; name: string };
  'app.task': { org_id: Generated<string>; id: Generated<string>; project_id: string; title: string };
}

const queriesOn = (db: Kysely<Tables>): Queries => ({
  listOrgs: async () => (await db.selectFrom('app.project').select('org_id').execute()).map((row) => row.org_id),
  insert: (name) => db.insertInto('app.project').values({ name }).execute(),
  insertFor: (orgId, name) => db.insertInto('app.project').values({ org_id: orgId, name }).execute(),
  insertTask: (projectId) =>
    db
      .insertInto('app.task')
      .values({ project_id: String(projectId), title: 'task' })
      .execute(),
  remove: (projectId) => db.deleteFrom('app.project').where('id', '=', String(projectId)).execute(),
  fail: () => sql`select 1 / 0`.execute(db),
});

async function inSavepoint(outer: ControlledTransaction<Tables>, work: (inner: Queries) => Promise<void>) {
  const inner = await outer.savepoint('inner_work').execute();
  try {
    await work(queriesOn(inner));
    await inner.releaseSavepoint('inner_work').execute();
  } catch (error) {
    await inner.rollbackToSavepoint('inner_work').execute();
    throw error;
  }
}

export const kyselyLayer: Layer = {
  name: 'kysely',
  open: async (pool) => {
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
    return {
      ...queriesOn(db),
      transaction: async (work) => {
        const outer = await db.startTransaction().execute();
        try {
          const result = await work({ ...queriesOn(outer), nested: (inside) => inSavepoint(outer, inside) });
          await outer.commit().execute();
          return result;
        } catch (error) {
          if (!outer.isCommitted && !outer.isRolledBack) await outer.rollback().execute();
          throw error;
        }
      },
      // destroy() would end the pool, which other layers use, too.
      close: async () => undefined,
    };
  },
};
