import type { OrgPool } from '@connect-auth/postgres';
import type { ClientBase } from 'pg';
import type { Layer, LayerTransaction, Queries } from './layer.js';

const queriesOn = (client: Pick<ClientBase, 'query'>): Queries => ({
  listOrgs: async () => (await client.query('select org_id from app.project')).rows.map((row) => row.org_id),
  insert: (name) => client.query('insert into app.project (name) values ($1)', [name]),
  insertFor: (orgId, name) => client.query('insert into app.project (org_id, name) values ($1, $2)', [orgId, name]),
  insertTask: (projectId) => client.query("insert into app.task (project_id, title) values ($1, 'task')", [projectId]),
  remove: (projectId) => client.query('delete from app.project where id = $1', [projectId]),
  fail: () => client.query('select 1 / 0'),
});

const transactionOn = (client: ClientBase): LayerTransaction => ({
  ...queriesOn(client),
  nested: async (work) => {
    await client.query('savepoint inner_work');
    try {
      await work(queriesOn(client));
      await client.query('release savepoint inner_work');
    } catch (error) {
      await client.query('rollback to savepoint inner_work');
      throw error;
    }
  },
});

export const pgLayer: Layer = {
  name: 'pg',
  open: async (pool: OrgPool) => ({
    ...queriesOn(pool),
    transaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work(transactionOn(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },
    close: async () => undefined,
  }),
};
