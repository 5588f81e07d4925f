import { createFunctionSql, nameFunction } from './context-function.js';
import {
  type ContextOptions,
  type ContextSettings,
  contextFunctions,
  resolveContextOptions,
} from './context-options.js';
import { dollarQuote, qualify, quoteIdentifier, quoteLiteral } from './quote-identifier.js';

/**
 * The SQL of the organization context: a schema with `bind_org`, which binds the organization to the transaction, and
 * `org_id` and `readable_orgs`, which read it; with `sealed`, also a schema for the keys. Run it as the owner or an
 * administrator, after `rolesSql`; run it again to change the mode.
 *
 * @throws ConfigurationError for an option that is unknown or not a name
 */
export function contextSql(options: ContextOptions = {}): string {
  const settings = resolveContextOptions(options);
  const { mode, schema, owner, runtime } = settings;
  const made = contextFunctions(mode, settings);
  return [
    createSchemaSql(schema, owner),
    `GRANT USAGE ON SCHEMA ${quoteIdentifier(schema)} TO ${quoteIdentifier(runtime)};`,
    ...(mode === 'sealed' ? keyTableSql(settings) : []),
    // If both modes' functions existed, the arguments of a call would decide between them.
    `DROP FUNCTION IF EXISTS ${qualify(schema, 'bind_org')}(${mode === 'sealed' ? 'text, text[]' : 'text'});`,
    ...made.flatMap((one) => [
      createFunctionSql(one),
      `ALTER FUNCTION ${nameFunction(one)} OWNER TO ${quoteIdentifier(owner)};`,
      `REVOKE ALL ON FUNCTION ${nameFunction(one)} FROM PUBLIC, ${quoteIdentifier(runtime)};`,
    ]),
    ...made
      .filter(({ isPublic }) => isPublic)
      .map((one) => `GRANT EXECUTE ON FUNCTION ${nameFunction(one)} TO ${quoteIdentifier(runtime)};`),
  ].join('\n');
}

// CREATE SCHEMA IF NOT EXISTS requires the privilege to create even if the schema exists, and the owner may lack it.
const createSchemaSql = (schema: string, owner: string): string =>
  `DO ${dollarQuote(
    `
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ${quoteLiteral(schema)}) THEN
    CREATE SCHEMA ${quoteIdentifier(schema)} AUTHORIZATION ${quoteIdentifier(owner)};
  END IF;
END
`,
    'schema',
  )};`;

const keyTableSql = ({ privateSchema, owner, runtime }: ContextSettings): readonly string[] => {
  const table = qualify(privateSchema, 'seal_key');
  return [
    createSchemaSql(privateSchema, owner),
    `REVOKE ALL ON SCHEMA ${quoteIdentifier(privateSchema)} FROM PUBLIC, ${quoteIdentifier(runtime)};`,
    `CREATE TABLE IF NOT EXISTS ${table} (kid text PRIMARY KEY, ipad bytea NOT NULL, opad bytea NOT NULL);`,
    `ALTER TABLE ${table} OWNER TO ${quoteIdentifier(owner)};`,
    `REVOKE ALL ON TABLE ${table} FROM PUBLIC, ${quoteIdentifier(runtime)};`,
  ];
};
