import { qualify, quoteIdentifier } from './quote-identifier.js';

/** What each policy of a wall is called; one with such a name must be exactly ours. */
export const wallPolicyNames = {
  base: 'org_base',
  all: 'org_wall',
  select: 'org_wall_select',
  insert: 'org_wall_insert',
  update: 'org_wall_update',
  delete: 'org_wall_delete',
} as const;

interface WallPlace {
  /** Quoted and qualified. */
  readonly table: string;
  readonly column: string;
  readonly contextSchema: string;
  readonly hierarchy: boolean;
}

/**
 * A base that lets all rows through, and a wall that no further policy can widen: permissive ones are joined by OR,
 * restrictive ones by AND (PostgreSQL, CREATE POLICY).
 */
export function wallPolicies({ table, column, contextSchema, hierarchy }: WallPlace): readonly string[] {
  const org = quoteIdentifier(column);
  // The sub-select is evaluated once a statement, and not once a row.
  const isOwn = `(${org} = (SELECT ${qualify(contextSchema, 'org_id')}()))`;
  const isInScope = `(${org} = ANY ((SELECT ${qualify(contextSchema, 'org_scope')}())::text[]))`;
  const policy = (name: string, rule: string) => `CREATE POLICY ${name} ON ${table} AS ${rule}`;
  const base = policy(wallPolicyNames.base, 'PERMISSIVE FOR ALL TO PUBLIC USING (true) WITH CHECK (true)');
  if (!hierarchy) {
    return [base, policy(wallPolicyNames.all, `RESTRICTIVE FOR ALL TO PUBLIC USING ${isOwn} WITH CHECK ${isOwn}`)];
  }
  return [
    base,
    policy(wallPolicyNames.select, `RESTRICTIVE FOR SELECT TO PUBLIC USING ${isInScope}`),
    policy(wallPolicyNames.insert, `RESTRICTIVE FOR INSERT TO PUBLIC WITH CHECK ${isOwn}`),
    policy(wallPolicyNames.update, `RESTRICTIVE FOR UPDATE TO PUBLIC USING ${isOwn} WITH CHECK ${isOwn}`),
    // A command of its own: DELETE has no WITH CHECK, and what it may see it could delete.
    policy(wallPolicyNames.delete, `RESTRICTIVE FOR DELETE TO PUBLIC USING ${isOwn}`),
  ];
}
