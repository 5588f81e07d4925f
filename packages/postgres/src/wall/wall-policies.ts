import { qualify, quoteIdentifier } from './quote-identifier.js';

/** The names of the policies of a wall. `verifyWalls` requires a policy with one of them to be exactly ours. */
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

/** Enables row-level security, for the owner as well, and replaces the policies of the wall. One statement per item. */
export const replaceWall = (place: WallPlace): readonly string[] => [
  `ALTER TABLE ${place.table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
  ...Object.values(wallPolicyNames).map((name) => `DROP POLICY IF EXISTS ${name} ON ${place.table}`),
  ...wallPolicies(place),
];

/**
 * A base that allows every row, and a wall that no further policy can widen: permissive policies are combined with OR,
 * restrictive ones with AND (PostgreSQL, CREATE POLICY).
 */
function wallPolicies({ table, column, contextSchema, hierarchy }: WallPlace): readonly string[] {
  const org = quoteIdentifier(column);
  // The sub-select is evaluated once per statement instead of once per row.
  const isOwn = `(${org} = (SELECT ${qualify(contextSchema, 'org_id')}()))`;
  const isReadable = `(${org} = ANY ((SELECT ${qualify(contextSchema, 'readable_orgs')}())::text[]))`;
  const policy = (name: string, rule: string) => `CREATE POLICY ${name} ON ${table} AS ${rule}`;
  const base = policy(wallPolicyNames.base, 'PERMISSIVE FOR ALL TO PUBLIC USING (true) WITH CHECK (true)');
  if (!hierarchy) {
    return [base, policy(wallPolicyNames.all, `RESTRICTIVE FOR ALL TO PUBLIC USING ${isOwn} WITH CHECK ${isOwn}`)];
  }
  return [
    base,
    policy(wallPolicyNames.select, `RESTRICTIVE FOR SELECT TO PUBLIC USING ${isReadable}`),
    policy(wallPolicyNames.insert, `RESTRICTIVE FOR INSERT TO PUBLIC WITH CHECK ${isOwn}`),
    policy(wallPolicyNames.update, `RESTRICTIVE FOR UPDATE TO PUBLIC USING ${isOwn} WITH CHECK ${isOwn}`),
    // DELETE needs a policy of its own: it has no WITH CHECK, and could delete whatever it can read.
    policy(wallPolicyNames.delete, `RESTRICTIVE FOR DELETE TO PUBLIC USING ${isOwn}`),
  ];
}
