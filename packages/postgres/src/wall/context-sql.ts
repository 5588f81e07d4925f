import { createFunctionSql, nameFunction } from './context-function.js';
import { type ContextOptions, type ContextSettings, contextFunctions, readContextOptions } from './context-options.js';
import { dollarQuote, qualify, quoteIdentifier, quoteLiteral } from './quote-identifier.js';

/**
 * The SQL of the organization context: a schema with `bind_org`, which binds the organization to the transaction,
 * `org_id` and `org_scope`, which read it, and with `sealed` a schema for the keys. To be run by the owner or an
 * administrator, after `rolesSql`; again, to change the mode.
 *
 * @throws ConfigurationError for an option that is unknown or not a name
 */
export function contextSql(options: ContextOptions = {}): string {
  const settings = readContextOptions(options);
  const { mode, schema, owner, runtime } = settings;
  const made = contextFunctions(mode, settings);
  return [
    createSchemaSql(schema, owner),
    `GRANT USAGE ON SCHEMA ${quoteIdentifier(schema)} TO ${quoteIdentifier(runtime)};`,
    ...(mode === 'sealed' ? keyTableSql(settings) : []),
    // With both of them there, a call would mean one or the other by its arguments.
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

// CREATE SCHEMA IF NOT EXISTS asks for the right to create before it looks, and the owner need not have it.
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
