import { createFunctionSql, nameFunction } from '../wall/context-function.js';
import { inOneStatement, qualify, quoteIdentifier } from '../wall/quote-identifier.js';
import { replaceWall } from '../wall/wall-policies.js';
import { chainedAppend, plainAppend } from './audit-append.js';
import { type AuditTableOptions, type AuditTableSettings, resolveAuditTableOptions } from './audit-table-options.js';

/**
 * The SQL of the audit table, behind a wall, and of `audit_append(jsonb)`: the application may append and read events of the
 * bound organization, but not change or delete them. Called within a transaction of the application, `audit_append` is
 * rolled back with it. Run it as an administrator, after `contextSql`; run again, it changes nothing.
 *
 * @throws ConfigurationError for an option that is unknown or not a name
 */
export function auditTableSql(options: AuditTableOptions = {}): string {
  const settings = resolveAuditTableOptions(options);
  const append = settings.chain ? chainedAppend(settings.schema) : plainAppend(settings.schema);
  const runtime = quoteIdentifier(settings.runtime);
  return [
    ...(settings.chain ? [headTableSql(settings)] : []),
    eventTableSql(settings),
    createFunctionSql(append),
    `ALTER FUNCTION ${nameFunction(append)} OWNER TO ${quoteIdentifier(settings.owner)};`,
    `REVOKE ALL ON FUNCTION ${nameFunction(append)} FROM PUBLIC;`,
    `GRANT EXECUTE ON FUNCTION ${nameFunction(append)} TO ${runtime};`,
  ].join('\n');
}

/** Records where each chain ends. The application cannot reach it. */
const headTableSql = ({ schema, owner, runtime }: AuditTableSettings): string => {
  const table = qualify(schema, 'audit_head');
  return [
    `CREATE TABLE IF NOT EXISTS ${table} (org_id text PRIMARY KEY, seq bigint NOT NULL, hash bytea NOT NULL);`,
    `ALTER TABLE ${table} OWNER TO ${quoteIdentifier(owner)};`,
    `REVOKE ALL ON TABLE ${table} FROM PUBLIC, ${quoteIdentifier(runtime)};`,
  ].join('\n');
};

function eventTableSql({ schema, chain, owner, runtime }: AuditTableSettings): string {
  const table = qualify(schema, 'audit_event');
  const role = quoteIdentifier(runtime);
  return [
    `CREATE TABLE IF NOT EXISTS ${table} (
  org_id text NOT NULL DEFAULT ${qualify(schema, 'org_id')}(),
  id text NOT NULL,
  seq bigint,
  occurred_at timestamptz NOT NULL,
  event jsonb NOT NULL CHECK (event #>> '{org,id}' IS NOT DISTINCT FROM org_id AND event ->> 'id' IS NOT DISTINCT FROM id),
  prev_hash bytea,
  hash bytea,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, seq)
);`,
    `ALTER TABLE ${table} OWNER TO ${quoteIdentifier(owner)};`,
    inOneStatement(
      [
        ...replaceWall({ table, column: 'org_id', contextSchema: schema, hierarchy: false }),
        `REVOKE ALL ON TABLE ${table} FROM PUBLIC, ${role}`,
        // With a chain only the function may append: a row inserted by the application itself would have no place in it.
        `GRANT SELECT${chain ? '' : ', INSERT'} ON TABLE ${table} TO ${role}`,
      ],
      'wall',
    ),
  ].join('\n');
}
