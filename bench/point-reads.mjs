// The same point read in each way. One frame a read, as a request has.
import { withOrg } from '@connect-auth/isolation';
import { OrgPool } from '@connect-auth/postgres';
import pg from 'pg';

const columns = 'org_id, id, name, status, budget_cents, created_at';
const byBoth = `SELECT ${columns} FROM plain.project WHERE org_id = $1 AND id = $2`;
const byId = (schema) => `SELECT ${columns} FROM ${schema}.project WHERE id = $1`;

/** Each takes the configuration of a pool and the key of the seals, and returns what reads a project. */
export const pointReads = {
  'pg.Pool': (config) => {
    const pool = new pg.Pool(config);
    return ({ orgId, id }) => pool.query(byBoth, [orgId, id]);
  },

  'pg.Pool, id is the key': (config) => {
    const pool = new pg.Pool(config);
    return ({ id }) => pool.query(byId('by_id'), [id]);
  },

  // What of the wall's cost is the transaction's.
  'pg.Pool, BEGIN to COMMIT pipelined': (config) => {
    const pool = new pg.Pool({ ...config, pipeline: true });
    return async ({ orgId, id }) => {
      const client = await pool.connect();
      const [, result] = await Promise.all([
        client.query('BEGIN'),
        client.query(byBoth, [orgId, id]),
        client.query('COMMIT'),
      ]);
      client.release();
      return result;
    };
  },

  OrgPool: (config) => behindWall(new OrgPool(config, { context: 'bound', schema: 'bound' }), 'bound'),

  'OrgPool, pipeline: false': (config) =>
    behindWall(new OrgPool(config, { context: 'bound', schema: 'bound', pipeline: false }), 'bound'),

  'OrgPool, sealed': (config, seal) =>
    behindWall(new OrgPool(config, { context: 'sealed', schema: 'sealed', seal }), 'sealed'),
};

const behindWall =
  (pool, schema) =>
  ({ orgId, id }) =>
    withOrg(orgId, () => pool.query(byId(schema), [id]));
