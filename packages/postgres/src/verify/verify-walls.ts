import { ConfigurationError } from '@connect-auth/core';
import { chainedAppend } from '../audit/audit-append.js';
import type { PostgresClient } from '../statement/postgres-client.js';
import { contextFunctions, defaultSchema } from '../wall/context-options.js';
import { constraintHoles } from './constraint-holes.js';
import { type ContextPlace, findContextHoles } from './context-holes.js';
import { type FoundHole, toFinding, type WallFinding } from './finding.js';
import { grantHoles } from './grant-holes.js';
import { policyHoles } from './policy-holes.js';
import { reachableRelations } from './reachable-relations.js';
import { roleHoles } from './role-holes.js';
import { tableHoles } from './table-holes.js';
import {
  type AcceptedFinding,
  resolveVerifyWallsOptions,
  type VerifyWallsOptions,
  type VerifyWallsSettings,
} from './verify-options.js';

export interface WallReport {
  /** The verified role. */
  readonly role: string;
  /** The tables that the role can reach. If there are none, nothing was verified. */
  readonly tables: readonly string[];
  readonly findings: readonly WallFinding[];
  /** Findings that `accept` names. */
  readonly accepted: readonly WallFinding[];
  /** Entries of `accept` without a finding. */
  readonly unused: readonly AcceptedFinding[];
}

/**
 * Reads the catalog and reports each way past the walls. It needs no privileges, so that the application can run it with its
 * own login. Views over the tables of `schemas`, their partitions and whatever else shows their rows are found in every
 * schema. The bodies of functions and triggers are not read; of the functions in other schemas, only triggers are found.
 *
 * @throws ConfigurationError for an option that is unknown, and for a role, a schema or a table that does not exist
 */
export async function verifyWalls(db: PostgresClient, options: VerifyWallsOptions = {}): Promise<WallReport> {
  const settings = resolveVerifyWallsOptions(options);
  const role = await readRole(db, settings);
  const shared = [settings.schemas, settings.column, role, settings.global, settings.context?.schema ?? defaultSchema];
  const tables = await readTables(db, shared);
  const found = (await db.query(holesSql, [...shared, ownDefiners(settings.context)])).rows as readonly FoundHole[];
  const inContext = settings.context === undefined ? [] : await findContextHoles(db, settings.context, role);
  return { role, tables, ...sortOut([...found, ...inContext].map(toFinding), settings.accept) };
}

const holesSql = `${reachableRelations}
SELECT code, object, detail FROM (
${[...roleHoles, ...tableHoles, ...policyHoles, ...constraintHoles, ...grantHoles].map((hole) => `(${hole})`).join('\nUNION ALL\n')}
) AS hole (code, object, detail) ORDER BY code, object, detail`;

const ownDefiners = (context: ContextPlace | undefined): readonly string[] =>
  context === undefined
    ? []
    : [...contextFunctions('sealed', context), chainedAppend(context.schema)]
        .filter(({ isDefiner }) => isDefiner)
        .map(({ body }) => body);

async function readRole(db: PostgresClient, { role, schemas }: VerifyWallsSettings): Promise<string> {
  const { rows } = await db.query(
    `SELECT rolname::text AS role, ARRAY(SELECT name FROM pg_catalog.unnest($2::text[]) AS name
       WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = name)) AS missing
     FROM pg_catalog.pg_roles WHERE rolname = coalesce($1::text, current_user)`,
    [role ?? null, schemas],
  );
  const [found] = rows as readonly { readonly role: string; readonly missing: readonly string[] }[];
  if (found === undefined) throw new ConfigurationError('role', 'is not a role of this database');
  const [missing] = found.missing;
  if (missing !== undefined) throw new ConfigurationError('schemas', `names a schema that does not exist: ${missing}`);
  return found.role;
}

/** @throws ConfigurationError for a global table that does not exist: its name may be a slip for another */
async function readTables(db: PostgresClient, shared: readonly unknown[]): Promise<readonly string[]> {
  const { rows } = await db.query(
    `${reachableRelations}
     SELECT ARRAY(SELECT object FROM reachable_table ORDER BY object) AS tables,
            ARRAY(SELECT name FROM pg_catalog.unnest(global_tables) AS name WHERE name NOT IN (SELECT object FROM relation)) AS missing
     FROM setting`,
    [...shared],
  );
  const [{ tables, missing }] = rows as readonly [{ tables: readonly string[]; missing: readonly string[] }];
  if (missing[0] !== undefined)
    throw new ConfigurationError('global', `names a table that does not exist: ${missing[0]}`);
  return tables;
}

function sortOut(all: readonly WallFinding[], accept: readonly AcceptedFinding[]) {
  const isFor = (finding: WallFinding, one: AcceptedFinding) =>
    one.code === finding.code && one.object === finding.object;
  return {
    findings: all.filter((finding) => !accept.some((one) => isFor(finding, one))),
    accepted: all.filter((finding) => accept.some((one) => isFor(finding, one))),
    unused: accept.filter((one) => !all.some((finding) => isFor(finding, one))),
  };
}
