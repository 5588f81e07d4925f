import type pg from 'pg';
import { compositeForeignKeySql, type ReferentialAction } from '../wall/composite-foreign-key-sql.js';
import { orgUniqueSql } from '../wall/org-unique-sql.js';
import { qualify, quoteIdentifier } from '../wall/quote-identifier.js';
import type { PlanSettings } from './plan-options.js';
import { toSqlComment } from './to-sql-comment.js';

interface OpenKey {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly target_columns: readonly string[];
  readonly on_delete: string;
  readonly on_update: string;
  readonly has_target_key: boolean;
}

const namesOf = (relation: string, numbers: string): string =>
  `ARRAY(SELECT attname::text FROM pg_catalog.unnest(${numbers}) WITH ORDINALITY AS key (number, place)
         JOIN pg_catalog.pg_attribute ON attrelid = ${relation} AND attnum = number ORDER BY place)`;

/** Foreign keys between planned tables that leave the organization out. */
const openKeysSql = `
SELECT reference.conname::text AS name, class.relname::text AS table, target.relname::text AS target,
       reference.confdeltype AS on_delete, reference.confupdtype AS on_update,
       ${namesOf('class.oid', 'reference.conkey')} AS columns,
       ${namesOf('target.oid', 'reference.confkey')} AS target_columns,
       EXISTS (SELECT FROM pg_catalog.pg_index AS index
               WHERE index.indrelid = target.oid AND index.indisunique AND index.indpred IS NULL AND index.indexprs IS NULL
                 AND index.indnkeyatts = pg_catalog.cardinality(reference.confkey) + 1
                 AND ARRAY(SELECT pg_catalog.unnest(reference.confkey) UNION SELECT target_org.attnum ORDER BY 1)
                     OPERATOR(pg_catalog.=) ARRAY(SELECT number FROM pg_catalog.unnest(index.indkey::int2[]) WITH ORDINALITY AS key (number, place)
                             WHERE place <= index.indnkeyatts ORDER BY 1)) AS has_target_key
FROM pg_catalog.pg_constraint AS reference
JOIN pg_catalog.pg_class AS class ON class.oid = reference.conrelid AND NOT class.relispartition
JOIN pg_catalog.pg_class AS target ON target.oid = reference.confrelid
JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace AND space.oid = target.relnamespace
JOIN pg_catalog.pg_attribute AS org ON org.attrelid = class.oid AND org.attname = $3 AND NOT org.attisdropped
JOIN pg_catalog.pg_attribute AS target_org
  ON target_org.attrelid = target.oid AND target_org.attname = $3 AND NOT target_org.attisdropped
WHERE reference.contype = 'f' AND space.nspname = $1 AND class.relname = ANY ($2::text[]) AND target.relname = ANY ($2::text[])
  AND NOT org.attnum = ANY (reference.conkey) AND NOT target_org.attnum = ANY (reference.confkey)
ORDER BY 2, 1`;

/** Unique constraints and indexes of planned tables that leave the organization out. */
const oraclesSql = `
SELECT pg_catalog.format('%I.%I', space.nspname, class.relname) AS object, pg_catalog.quote_ident(own.relname) AS index
FROM pg_catalog.pg_index AS index
JOIN pg_catalog.pg_class AS class ON class.oid = index.indrelid
JOIN pg_catalog.pg_class AS own ON own.oid = index.indexrelid
JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace
JOIN pg_catalog.pg_attribute AS org ON org.attrelid = class.oid AND org.attname = $3 AND NOT org.attisdropped
WHERE (index.indisunique OR index.indisexclusion) AND space.nspname = $1 AND class.relname = ANY ($2::text[])
  AND NOT EXISTS (SELECT FROM pg_catalog.unnest(index.indkey::int2[]) WITH ORDINALITY AS key (number, place)
                  WHERE place <= index.indnkeyatts AND number = org.attnum)
ORDER BY 1, 2`;

/** By pg_constraint.confdeltype. `SET DEFAULT` has no counterpart: it would set the organization to a default, too. */
const onDeleteOf: Readonly<Record<string, ReferentialAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
};

/** Replaces foreign keys that leave the organization out. Unique keys are only pointed out: some may be left as they are. */
export async function planKeys(client: pg.Client, { schema, tables, column }: PlanSettings): Promise<string[]> {
  const values = [schema, tables, column];
  const keys = (await client.query<OpenKey>(openKeysSql, values)).rows;
  const oracles = (await client.query<{ object: string; index: string }>(oraclesSql, values)).rows;
  return [
    ...keys.flatMap((key) => replaceKey(key, schema, column)),
    ...oracles.map(({ object, index }) =>
      toSqlComment(
        `${object}: ${index} is unique across organizations. Put ${column} into it, or accept it for random ids.`,
      ),
    ),
  ];
}

function replaceKey(key: OpenKey, schema: string, column: string): string[] {
  const onDelete = onDeleteOf[key.on_delete];
  if (onDelete === undefined || key.on_update !== 'a') {
    return [
      toSqlComment(
        `${schema}.${key.table}: ${key.name} has an action that needs your decision; put ${column} into it.`,
      ),
    ];
  }
  const { table, columns, target, target_columns } = key;
  const references = { table: target, columns: target_columns };
  return [
    ...(key.has_target_key ? [] : [orgUniqueSql({ schema, table: target, columns: target_columns, column })]),
    compositeForeignKeySql({ schema, table, columns, references, column, onDelete }),
    `ALTER TABLE ${qualify(schema, table)} DROP CONSTRAINT ${quoteIdentifier(key.name)};`,
  ];
}
