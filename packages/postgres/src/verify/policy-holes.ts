import { wallPolicyNames } from '../wall/wall-policies.js';

const ownNames = Object.values(wallPolicyNames)
  .map((name) => `'${name}'`)
  .join(', ');

/**
 * Whether an expression that is not ours compares the column of the organization with the result of a function, and allows
 * no other rows. A heuristic: an alternative, a list, a default and a function of the column itself count as holes.
 */
const isBoundSql = (expression: string): string => `(${expression} IS NOT NULL
  AND (pg_catalog.strpos(${expression}, pg_catalog.quote_ident(org_column) || ' = ') > 0
       OR pg_catalog.strpos(${expression}, '(' || pg_catalog.quote_ident(org_column) || ')::text = ') > 0
       OR pg_catalog.strpos(${expression}, ' = ' || pg_catalog.quote_ident(org_column)) > 0
       OR pg_catalog.strpos(${expression}, ' = (' || pg_catalog.quote_ident(org_column) || ')::text') > 0)
  AND ${expression} ~ '[a-z0-9_"]\\(' AND ${expression} !~* '\\m(or|any|all|case|coalesce|not|false|unknown)\\M'
  AND (SELECT pg_catalog.count(*) FROM pg_catalog.regexp_matches(
         pg_catalog.regexp_replace(${expression}, $mark$'[^']*'| AS \\S+$mark$, '', 'g'),
         '\\m' || pg_catalog.regexp_replace(org_column::text, '(\\W)', '\\\\\\1', 'g') || '\\M(?!"?\\()', 'g')) <= 1)`;

/**
 * The restrictive policies, with what each confines. A policy with a name of ours must have our text. PostgreSQL prints the
 * schema of a function only if it is not in the search path, so that the function's schema is checked as well.
 */
const classifiedPolicies = `
WITH expected AS (
  SELECT pg_catalog.array_agg(pg_catalog.format('(%s = ( SELECT %sorg_id() AS org_id))', org, prefix)) AS own,
         pg_catalog.array_agg(pg_catalog.format('(%s = ANY (( SELECT %sreadable_orgs() AS readable_orgs)::text[]))', org, prefix)) AS readable
  FROM setting, pg_catalog.unnest(ARRAY[pg_catalog.quote_ident(org_column), '(' || pg_catalog.quote_ident(org_column) || ')::text']) AS org,
       pg_catalog.unnest(ARRAY[pg_catalog.quote_ident(context_schema) || '.', '']) AS prefix
),
policy AS (
  SELECT pol.polrelid AS table_oid, pol.polname AS name, pol.polcmd AS command,
         NOT pol.polpermissive AND 0::oid = ANY (pol.polroles) AS is_restrictive,
         pg_catalog.pg_get_expr(pol.polqual, pol.polrelid) AS reading,
         pg_catalog.pg_get_expr(pol.polwithcheck, pol.polrelid) AS writing,
         NOT EXISTS (
           SELECT FROM pg_catalog.pg_depend AS needs
           JOIN pg_catalog.pg_proc AS made ON made.oid = needs.refobjid
           JOIN pg_catalog.pg_namespace AS space ON space.oid = made.pronamespace
           WHERE needs.classid = 'pg_catalog.pg_policy'::regclass::oid AND needs.objid = pol.oid
             AND needs.refclassid = 'pg_catalog.pg_proc'::regclass::oid
             AND space.nspname <> (SELECT context_schema FROM setting)
         ) AS is_ours_alone
  FROM pg_catalog.pg_policy AS pol
),
classified_policy AS (
  SELECT policy.*,
         CASE WHEN name IN (${ownNames}) THEN is_ours_alone AND reading = ANY (own)
              ELSE ${isBoundSql('reading')} END AS holds_reading,
         name IN (${ownNames}) AND is_ours_alone AND reading = ANY (readable) AS holds_readable,
         CASE WHEN name IN (${ownNames}) THEN is_ours_alone AND coalesce(writing, reading) = ANY (own)
              ELSE ${isBoundSql('coalesce(writing, reading)')} END AS holds_writing
  FROM policy, expected, setting WHERE is_restrictive
)`;

/** Commands that no restrictive policy confines to the organization. */
const openCommands = `${classifiedPolicies}
SELECT table_oid, command_name, place FROM (
  SELECT reachable_table.oid AS table_oid, command_name, place, EXISTS (
    SELECT FROM classified_policy AS one
    WHERE one.table_oid = reachable_table.oid AND (one.command = '*' OR one.command = letter)
      AND CASE letter WHEN 'r' THEN one.holds_reading OR one.holds_readable
                      WHEN 'a' THEN one.holds_writing
                      WHEN 'w' THEN one.holds_reading AND one.holds_writing
                      ELSE one.holds_reading END) AS is_held
  FROM reachable_table, (VALUES ('r'::"char", 'SELECT', 1), ('a', 'INSERT', 2), ('w', 'UPDATE', 3), ('d', 'DELETE', 4))
    AS command (letter, command_name, place)
) AS held WHERE NOT is_held`;

/** Commands without an effective policy, and policies that call a function once per row. */
export const policyHoles: readonly string[] = [
  `SELECT 'NO_RESTRICTIVE_WALL', object,
          'no restrictive policy confines ' || pg_catalog.string_agg(command_name, ', ' ORDER BY place) || ' to the organization'
   FROM reachable_table JOIN (${openCommands}) AS open_command ON open_command.table_oid = reachable_table.oid
   WHERE org_number IS NOT NULL AND is_enabled GROUP BY object`,

  `SELECT DISTINCT 'POLICY_NOT_INITPLAN', object || '.' || pg_catalog.quote_ident(polname), 'reads the context once per row'
   FROM reachable_table JOIN pg_catalog.pg_policy ON polrelid = reachable_table.oid,
        pg_catalog.unnest(ARRAY[pg_catalog.pg_get_expr(polqual, polrelid), pg_catalog.pg_get_expr(polwithcheck, polrelid)]) AS expression
   WHERE expression ~ '(org_id|readable_orgs|current_setting)\\w*"?\\(' AND expression !~* '\\mselect\\M'`,
];
