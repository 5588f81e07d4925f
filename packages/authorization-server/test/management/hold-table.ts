import type { TestDatabase } from '@connect-auth/test-kit/postgres';
import { until } from '@connect-auth/test-kit/until';
import pg from 'pg';

export interface HeldTable {
  /** Resolves once so many connections wait: for the table, or for one another. */
  untilWaiting(connections: number): Promise<void>;
  release(): Promise<void>;
}

/** Nobody can write this table until it is released, and everybody can read it: so requests meet for certain. */
export async function holdTable(database: TestDatabase | undefined, table: string): Promise<HeldTable> {
  if (database === undefined) throw new Error('this test needs PostgreSQL');
  const holder = new pg.Client({ connectionString: database.connectionString });
  await holder.connect();
  await holder.query('begin');
  await holder.query(`lock table connect_auth.${table} in share mode`);

  const waiting = async () => {
    const sql = `select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    // Beside the transaction: inside, the view stands still.
    const [row] = await database.query(sql);
    return row?.count as number;
  };
  return {
    untilWaiting: (connections) => until(async () => (await waiting()) >= connections),
    release: async () => {
      await holder.query('commit');
      await holder.end();
    },
  };
}
