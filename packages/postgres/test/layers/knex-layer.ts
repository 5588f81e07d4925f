import knexFactory, { type Knex } from 'knex';
import type { Layer, Queries } from './layer.js';

const queriesOn = (knex: Knex): Queries => ({
  listOrgs: async () => (await knex('app.project').select('org_id')).map((row) => row.org_id),
  insert: async (name) => await knex('app.project').insert({ name }),
  insertFor: async (orgId, name) => await knex('app.project').insert({ org_id: orgId, name }),
  insertTask: async (projectId) => await knex('app.task').insert({ project_id: projectId, title: 'task' }),
  remove: async (projectId) => await knex('app.project').where({ id: projectId }).delete(),
  fail: async () => await knex.raw('select 1 / 0'),
});

export const knexLayer: Layer = {
  name: 'knex',
  open: async (pool) => {
    const knex = knexFactory({ client: 'pg', connectionPool: pool, log: { warn: () => undefined } });
    return {
      ...queriesOn(knex),
      transaction: (work) =>
        knex.transaction(
          async (outer) =>
            await work({
              ...queriesOn(outer),
              nested: (inside) => outer.transaction(async (inner) => await inside(queriesOn(inner))),
            }),
        ),
      close: () => knex.destroy(),
    };
  },
};
