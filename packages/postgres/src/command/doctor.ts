import { findContextHoles } from '../verify/context-holes.js';
import { defaultPrivateSchema, defaultSchema } from '../wall/context-options.js';
import type { Command, CommandCall } from './command.js';

interface Connection {
  readonly version: string;
  readonly database: string;
  readonly login: string;
  readonly role: string;
  readonly is_superuser: boolean;
  readonly bypasses: boolean;
  readonly row_security: string;
  readonly search_path: string;
  readonly backend: number;
  readonly definer: boolean | null;
}

const connectionSql = `
SELECT pg_catalog.current_setting('server_version') AS version, pg_catalog.current_database()::text AS database, session_user::text AS login,
       current_user::text AS role, rolsuper AS is_superuser, rolbypassrls AS bypasses,
       pg_catalog.current_setting('row_security') AS row_security, (SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'search_path') AS search_path,
       pg_catalog.pg_backend_pid() AS backend,
       (SELECT prosecdef FROM pg_catalog.pg_proc AS made
        JOIN pg_catalog.pg_namespace AS space ON space.oid = made.pronamespace
        WHERE proname = 'org_id' AND pronargs = 0 AND nspname = $1) AS definer
FROM pg_catalog.pg_roles WHERE rolname = current_user`;

/** `doctor`: the role, the pooler if there is one, and the context functions. */
export const explainConnection: Command = async (call) => {
  const [found] = (await call.client.query<Connection>(connectionSql, [defaultSchema])).rows;
  if (found === undefined) throw new Error('the role of the session does not exist');
  const facts = {
    PostgreSQL: found.version,
    database: found.database,
    login: found.login,
    role: found.role,
    superuser: found.is_superuser ? 'yes: no wall stops it, connect as another role' : 'no',
    'bypasses row-level security': found.bypasses ? 'yes: no wall stops it' : 'no',
    row_security: found.row_security === 'on' ? 'on' : 'off: statements fail where a wall would filter rows',
    pooler: describePooler(call, found),
    search_path: found.search_path,
    'context functions': await describeContext(call, found),
  };
  call.print(
    Object.entries(facts)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
  );
  return 0;
};

// A pooler reports process ids of its own instead of the server's.
const describePooler = ({ client }: CommandCall, { backend }: Connection): string => {
  const { processID } = client as unknown as { readonly processID?: number };
  return processID === backend ? 'none' : 'yes (PgBouncer or the like): keep nothing in the session';
};

async function describeContext({ client }: CommandCall, { definer, role }: Connection): Promise<string> {
  if (definer === null) return `none in the schema ${defaultSchema}: contextSql() creates them`;
  const mode = definer ? 'sealed' : 'bound';
  const place = { schema: defaultSchema, privateSchema: defaultPrivateSchema, mode } as const;
  const holes = await findContextHoles(client, place, role);
  if (holes.length === 0) return `${mode}, in the schema ${defaultSchema}`;
  return `${mode}, but ${holes.map(({ object, detail }) => `${object}: ${detail}`).join('; ')}`;
}
