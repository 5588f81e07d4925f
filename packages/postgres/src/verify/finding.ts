/** The kinds of holes that `verifyWalls` knows, and what closes each. */
export const remedies = {
  ROLE_BYPASS: 'Connect as a role with NOSUPERUSER NOBYPASSRLS NOREPLICATION: rolesSql() makes one.',
  ROLE_MEMBER_BYPASS: 'REVOKE the membership, or log in as the role itself.',
  ROW_SECURITY_INACTIVE: 'Connect as a role that row-level security holds, and FORCE it on the table.',
  OWNED_BY_RUNTIME: 'Let another role own it, of which the runtime role is not a member: ALTER … OWNER TO.',
  CREATE_GRANTED: 'REVOKE CREATE on the schema: what is created there can stand in for what others call.',
  CONTEXT_UNSOUND: 'Run contextSql() again as the owner, or say context: false for functions of your own.',
  NO_TENANT_COLUMN: 'Add the column of the organization, or name the table under global.',
  TENANT_NULLABLE: 'ALTER COLUMN … SET NOT NULL: wallSql() does.',
  RLS_OFF: 'ENABLE and FORCE ROW LEVEL SECURITY: wallSql() does.',
  RLS_NOT_FORCED: 'FORCE ROW LEVEL SECURITY: wallSql() does.',
  PARTITION_GRANTED: 'REVOKE ALL on the partition: the grant on the table it belongs to is enough.',
  NO_RESTRICTIVE_WALL: 'Add a RESTRICTIVE policy TO PUBLIC for every command: wallSql() does.',
  POLICY_NOT_INITPLAN: 'Wrap the call in (SELECT …), so that it is evaluated once per statement.',
  VIEW_NOT_INVOKER: 'ALTER VIEW … SET (security_invoker = true), or REVOKE ALL on it.',
  MATVIEW: 'REVOKE ALL on it: row-level security never applies to a materialized view.',
  FOREIGN_TABLE: 'REVOKE ALL on it: a foreign table cannot have row-level security.',
  SECURITY_DEFINER: 'Make it SECURITY INVOKER, or REVOKE EXECUTE on it.',
  OWNER_RULE: 'DROP RULE: a trigger runs with the privileges of whoever writes.',
  FK_CROSS_TENANT: 'Put the organization on both sides: compositeForeignKeySql().',
  UNIQUE_ORACLE: 'Put the organization into the key: orgUniqueSql().',
  NO_TENANT_INDEX: 'Create an index that begins with the organization.',
  NON_LEAKPROOF_INDEX:
    'Use a type whose operators are leakproof (text, bigint, uuid, timestamptz), or accept the cost.',
  TRUNCATE_GRANTED: 'REVOKE TRUNCATE: wallSql() does.',
  REFERENCES_GRANTED: 'REVOKE REFERENCES: wallSql() does.',
  TRIGGER_GRANTED: 'REVOKE TRIGGER: wallSql() does.',
  SEQUENCE_READABLE: 'GRANT USAGE on the sequence, and REVOKE SELECT.',
} as const;

export type FindingCode = keyof typeof remedies;

/** A way past the walls, or a cost of theirs. */
export interface WallFinding {
  readonly code: FindingCode;
  /**
   * The role, the schema, `schema.table`, `schema.table.key` (index, policy), sequence or function; names quoted as in SQL.
   * `accept` names it, so that one object is accepted and not whatever is added to a table later.
   */
  readonly object: string;
  readonly detail: string;
  readonly remedy: string;
}

/** A row of a catalog query. */
export interface FoundHole {
  readonly code: FindingCode;
  readonly object: string;
  readonly detail: string;
}

export const toFinding = ({ code, object, detail }: FoundHole): WallFinding => ({
  code,
  object,
  detail,
  remedy: remedies[code],
});
