import type { PostgresClient } from '../statement/postgres-client.js';
import { type ContextFunction, definerSearchPath } from '../wall/context-function.js';
import type { ContextMode } from '../wall/context-options.js';
import { contextFunctions } from '../wall/context-options.js';
import type { FoundHole } from './finding.js';

export interface ContextPlace {
  readonly schema: string;
  readonly privateSchema: string;
  /** If undefined, whichever mode is found. */
  readonly mode: ContextMode | undefined;
}

interface FoundFunction {
  readonly schema: string;
  readonly name: string;
  readonly signature: string;
  readonly body: string;
  readonly is_definer: boolean;
  readonly is_stable: boolean;
  readonly configuration: readonly string[] | null;
  readonly is_own: boolean;
  readonly is_callable: boolean;
}

const functionsSql = `
SELECT space.nspname::text AS schema, made.proname::text AS name, pg_catalog.oidvectortypes(made.proargtypes) AS signature,
       made.prosrc AS body, made.prosecdef AS is_definer, made.provolatile = 's' AS is_stable,
       made.proconfig AS configuration,
       pg_catalog.pg_has_role(own.oid, made.proowner, 'MEMBER') AND NOT own.rolsuper AS is_own,
       NOT own.rolsuper AND EXISTS (
         SELECT FROM pg_catalog.pg_roles AS other WHERE pg_catalog.pg_has_role(own.oid, other.oid, 'MEMBER')
           AND pg_catalog.has_function_privilege(other.oid, made.oid, 'EXECUTE')) AS is_callable
FROM pg_catalog.pg_proc AS made JOIN pg_catalog.pg_namespace AS space ON space.oid = made.pronamespace
JOIN pg_catalog.pg_roles AS own ON own.rolname = $3::text
WHERE space.nspname IN ($1::text, $2::text)
  AND made.proname IN ('bind_org', 'org_id', 'readable_orgs', 'compute_mac', 'open_seal', 'read_context')`;

const keysSql = `
SELECT pg_catalog.format('%I.%I', space.nspname, class.relname) AS object
FROM pg_catalog.pg_class AS class JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace
JOIN pg_catalog.pg_roles AS own ON own.rolname = $2::text AND NOT own.rolsuper
WHERE space.nspname = $1::text AND class.relname = 'seal_key' AND class.relkind = 'r'
  AND EXISTS (
    SELECT FROM pg_catalog.pg_roles AS other
    WHERE pg_catalog.pg_has_role(own.oid, other.oid, 'MEMBER')
      AND (pg_catalog.has_any_column_privilege(other.oid, class.oid, 'SELECT, INSERT, UPDATE')
           OR pg_catalog.has_table_privilege(other.oid, class.oid, 'DELETE, TRUNCATE, TRIGGER')
           OR pg_catalog.has_schema_privilege(other.oid, space.oid, 'CREATE')
           OR other.oid IN (class.relowner, space.nspowner)))`;

/** Policies call the context functions: these must be exactly ours, and neither they nor their keys within the role's reach. */
export async function findContextHoles(
  db: PostgresClient,
  place: ContextPlace,
  role: string,
): Promise<readonly FoundHole[]> {
  const { schema, privateSchema } = place;
  const found = (await db.query(functionsSql, [schema, privateSchema, role])).rows as readonly FoundFunction[];
  const mode = place.mode ?? detectMode(found, schema);
  const wanted = contextFunctions(mode, place);
  const holes = wanted.flatMap((one) => {
    const problem = describeProblem(
      one,
      found.find((other) => isSame(one, other)),
    );
    return problem === undefined ? [] : [toHole(`${one.schema}.${one.name}(${one.signature})`, problem)];
  });
  if (mode === 'bound') return holes;
  const keys = (await db.query(keysSql, [privateSchema, role])).rows as readonly { readonly object: string }[];
  return [
    ...holes,
    ...keys.map(({ object }) => toHole(object, 'the role can read, change or replace the keys of the seals')),
  ];
}

const detectMode = (found: readonly FoundFunction[], schema: string): ContextMode =>
  found.some((one) => one.schema === schema && one.name === 'org_id' && one.is_definer) ? 'sealed' : 'bound';

const isSame = (wanted: ContextFunction, found: FoundFunction): boolean =>
  wanted.schema === found.schema && wanted.name === found.name && wanted.signature === found.signature;

function describeProblem(wanted: ContextFunction, found: FoundFunction | undefined): string | undefined {
  if (found === undefined) return 'the function does not exist';
  const configuration = wanted.isDefiner ? [`search_path=${definerSearchPath}`] : [];
  const isExact =
    found.body === wanted.body &&
    found.is_definer === wanted.isDefiner &&
    found.is_stable === (wanted.volatility === 'STABLE') &&
    (found.configuration ?? []).join() === configuration.join();
  if (!isExact) return 'the function is not the one that contextSql() makes';
  if (found.is_own) return 'the role belongs to the owner of the function, and can replace it';
  if (!wanted.isPublic && found.is_callable) return 'the role can call it, and make seals with it';
  return undefined;
}

const toHole = (object: string, detail: string): FoundHole => ({ code: 'CONTEXT_UNSOUND', object, detail });
