import { createDatabaseWithRoles } from '@connect-auth/test-kit/postgres';
import pg from 'pg';
import { createPglite } from './create-pglite.js';

type Row = Record<string, unknown>;

/** A connection that one statement after another goes over. */
export interface Session {
  query(text: string, values?: unknown[]): Promise<{ rows: Row[]; affectedRows: number }>;
  close(): Promise<void>;
}

/** A database with the roles of an owner and of an application, on either engine. */
export interface Engine {
  readonly owner: string;
  readonly runtime: string;
  /** Runs a script as the superuser. */
  administer(script: string): Promise<void>;
  administerWith(text: string, values: readonly unknown[]): Promise<Row[]>;
  /** As the application. On PGlite there is one connection, and `administer` ends with the application on it. */
  connect(): Promise<Session>;
  /** As the superuser, for as long as `work` takes. */
  asSuperuser<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export async function openPostgres(): Promise<Engine> {
  const database = await createDatabaseWithRoles();
  const administrator = new pg.Client({ connectionString: database.connectionString });
  await administrator.connect();
  const sessions = new Set<pg.Client>();
  return {
    owner: database.ownerRole,
    runtime: database.runtimeRole,
    administer: async (script) => void (await administrator.query(script)),
    administerWith: async (text, values) => (await administrator.query(text, [...values])).rows,
    connect: async () => {
      const client = new pg.Client({ connectionString: database.runtimeUrl });
      await client.connect();
      sessions.add(client);
      return { ...toSession(client), close: () => client.end().then(() => void sessions.delete(client)) };
    },
    asSuperuser: (work) => work(toSession(administrator)),
    close: async () => {
      for (const client of [administrator, ...sessions]) await client.end();
      await database.drop();
    },
  };
}

const toSession = (client: pg.Client): Session => ({
  query: async (text, values) => {
    const { rows, rowCount } = await client.query(text, values);
    return { rows, affectedRows: rowCount ?? 0 };
  },
  close: async () => undefined,
});

export async function openPglite(): Promise<Engine> {
  const db = await createPglite();
  await db.exec('CREATE ROLE app_owner NOLOGIN; CREATE ROLE app_user LOGIN NOSUPERUSER NOBYPASSRLS; SET ROLE app_user');
  const session: Session = {
    query: async (text, values) => {
      const { rows, affectedRows = 0 } = await db.query<Row>(text, values);
      return { rows, affectedRows };
    },
    close: async () => undefined,
  };
  const asSuperuser = async <Result>(work: (session: Session) => Promise<Result>) => {
    await db.exec('RESET ROLE');
    try {
      return await work(session);
    } finally {
      await db.exec('SET ROLE app_user');
    }
  };
  return {
    owner: 'app_owner',
    runtime: 'app_user',
    administer: (script) => asSuperuser(async () => void (await db.exec(script))),
    administerWith: (text, values) => asSuperuser(async () => (await db.query<Row>(text, [...values])).rows),
    connect: async () => session,
    asSuperuser,
    close: () => db.close(),
  };
}
