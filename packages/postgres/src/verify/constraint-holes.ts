/** Keys and indexes that reveal other organizations' rows, or that the wall makes useless. */
export const constraintHoles: readonly string[] = [
  `SELECT 'FK_CROSS_TENANT', object || '.' || pg_catalog.quote_ident(conname), 'does not have ' || pg_catalog.quote_ident(org_column) || ' on both sides'
   FROM written, setting, pg_catalog.pg_constraint AS reference
   JOIN pg_catalog.pg_attribute AS target
     ON target.attrelid = reference.confrelid AND NOT target.attisdropped
   WHERE reference.conrelid = written.oid AND reference.contype = 'f' AND reference.conparentid = 0::oid
     AND target.attname = org_column
     AND NOT EXISTS (SELECT FROM pg_catalog.generate_subscripts(reference.conkey, 1) AS at
                     WHERE reference.conkey[at] = org_number AND reference.confkey[at] = target.attnum)`,

  // INCLUDEd columns come after the key columns, and are not part of the key.
  `SELECT 'UNIQUE_ORACLE', object || '.' || pg_catalog.quote_ident(class.relname), 'is unique across organizations'
   FROM written, pg_catalog.pg_index AS index JOIN pg_catalog.pg_class AS class ON class.oid = index.indexrelid
   WHERE index.indrelid = written.oid AND NOT (class.relispartition AND index.indrelid NOT IN (SELECT oid FROM reachable)) AND (index.indisunique OR index.indisexclusion) AND org_number IS NOT NULL
     AND NOT EXISTS (SELECT FROM pg_catalog.unnest(index.indkey::int2[]) WITH ORDINALITY AS key (number, place)
                     WHERE place <= index.indnkeyatts AND number = org_number)`,

  `SELECT 'NO_TENANT_INDEX', object, 'no index begins with ' || pg_catalog.quote_ident(org_column)
   FROM reachable_table, setting
   WHERE org_number IS NOT NULL AND NOT EXISTS (
     SELECT FROM pg_catalog.pg_index AS index
     WHERE index.indrelid = reachable_table.oid AND index.indkey[0] = org_number AND index.indpred IS NULL)`,

  // An operator that is not leakproof is evaluated after the policies, when it is too late to use an index.
  `SELECT 'NON_LEAKPROOF_INDEX', object || '.' || pg_catalog.quote_ident(class.relname),
          'this ' || method.amname || ' cannot find rows behind the wall: '
            || pg_catalog.string_agg(DISTINCT operator.oprcode::text, ', ' ORDER BY operator.oprcode::text)
   FROM reachable JOIN pg_catalog.pg_index AS index ON index.indrelid = reachable.oid
   JOIN pg_catalog.pg_class AS class ON class.oid = index.indexrelid
   JOIN pg_catalog.pg_am AS method ON method.oid = class.relam
   JOIN LATERAL pg_catalog.unnest(index.indclass::oid[]) AS part (oid) ON true
   JOIN pg_catalog.pg_opclass AS kind ON kind.oid = part.oid
   JOIN pg_catalog.pg_amop AS strategy
     ON strategy.amopfamily = kind.opcfamily AND strategy.amoplefttype = kind.opcintype AND strategy.amoppurpose = 's'
   JOIN pg_catalog.pg_operator AS operator ON operator.oid = strategy.amopopr
   JOIN pg_catalog.pg_proc AS code ON code.oid = operator.oprcode
   WHERE is_enabled AND NOT code.proleakproof
   GROUP BY object, class.relname, method.amname`,
];
