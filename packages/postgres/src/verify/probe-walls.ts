import { ConfigurationError } from '@connect-auth/core';
import type { PostgresClient } from '../statement/postgres-client.js';
import type { SealSettings } from '../wall/seal-options.js';
import { sealOrg } from '../wall/seal-org.js';
import {
  type Probe,
  type ProbeWallsOptions,
  type ProbeWallsSettings,
  resolveProbeWallsOptions,
} from './probe-options.js';

export interface WallLeak {
  /** Quoted and qualified. */
  readonly table: string;
  readonly command: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  readonly detail: string;
}

/**
 * Tries the walls, while `verifyWalls` only reads the catalog: inserts a row for one organization, then reads, inserts,
 * updates and deletes as the other, in a transaction that is rolled back. Updates and deletes have no WHERE, with which the
 * policy for SELECT would apply as well and hide a missing one. They lock all rows of the second organization: this is for
 * tests.
 *
 * @param session a single connection, a `Client` or a PGlite: a pool could send each statement over another
 * @returns the statements that got through; none, if the walls stand
 * @throws ConfigurationError for options that are unknown, and for a pool
 */
export async function probeWalls(session: PostgresClient, options: ProbeWallsOptions): Promise<readonly WallLeak[]> {
  const settings = resolveProbeWallsOptions(options);
  if ('totalCount' in session) throw new ConfigurationError('session', 'must be one connection, and not a pool');
  const { probes, orgA } = settings;
  await session.query('BEGIN');
  try {
    await bind(session, settings, orgA);
    for (const probe of probes) await insert(session, probe, []);
    const leaks: WallLeak[] = [];
    for (const probe of probes) leaks.push(...(await probeReading(session, settings, probe)));
    for (const probe of probes) leaks.push(...(await probeInsert(session, settings, probe)));
    for (const probe of probes) leaks.push(...(await probeWriting(session, settings, probe, 'UPDATE')));
    // Referencing rows first, since the referenced ones could not be deleted otherwise.
    for (const probe of probes.toReversed()) leaks.push(...(await probeWriting(session, settings, probe, 'DELETE')));
    return leaks;
  } finally {
    await session.query('ROLLBACK');
  }
}

const bind = (session: PostgresClient, { bindOrg, seal }: ProbeWallsSettings, orgId: string) =>
  session.query(`SELECT ${bindOrg}($1)`, [seal === undefined ? orgId : sealNow(seal, orgId)]);

const sealNow = ({ ttlSeconds, ...key }: SealSettings, orgId: string): string =>
  sealOrg(key, { orgId, expiresAtSeconds: Math.floor(Date.now() / 1000) + ttlSeconds });

/** @param fixed columns and values beside those of the row */
function insert(session: PostgresClient, { table, columns, values }: Probe, fixed: readonly [string, unknown][]) {
  const names = [...columns, ...fixed.map(([name]) => name)];
  const all = [...values, ...fixed.map(([, value]) => value)];
  const row =
    names.length === 0
      ? 'DEFAULT VALUES'
      : `(${names.join(', ')}) VALUES (${all.map((_, at) => `$${at + 1}`).join(', ')})`;
  return session.query(`INSERT INTO ${table} ${row}`, all);
}

async function probeReading(session: PostgresClient, settings: ProbeWallsSettings, probe: Probe): Promise<WallLeak[]> {
  await bind(session, settings, settings.orgB);
  const count = await countRows(session, settings, probe);
  return count === 0 ? [] : [{ table: probe.table, command: 'SELECT', detail: `${count} rows of the other were read` }];
}

async function probeInsert(session: PostgresClient, settings: ProbeWallsSettings, probe: Probe): Promise<WallLeak[]> {
  await bind(session, settings, settings.orgB);
  const answer = await attempt(session, () => insert(session, probe, [[probe.org, settings.orgA]]));
  // Any other error is raised after the policies were checked: a duplicate key, a missing row.
  if (answer === '42501') return [];
  const detail = answer === undefined ? 'a row for the other was inserted' : `answered ${answer}, and not 42501`;
  return [{ table: probe.table, command: 'INSERT', detail }];
}

async function probeWriting(
  session: PostgresClient,
  settings: ProbeWallsSettings,
  probe: Probe,
  command: 'UPDATE' | 'DELETE',
): Promise<WallLeak[]> {
  const { table, org } = probe;
  const text = command === 'UPDATE' ? `UPDATE ${table} SET ${org} = $1` : `DELETE FROM ${table}`;
  await bind(session, settings, settings.orgA);
  const before = await countRows(session, settings, probe);
  await bind(session, settings, settings.orgB);
  const answer = await attempt(session, () => session.query(text, command === 'UPDATE' ? [settings.orgB] : []));
  await bind(session, settings, settings.orgA);
  const lost = before - (await countRows(session, settings, probe));
  if (lost > 0) return [{ table, command, detail: `${lost} rows of the other were touched` }];
  if (answer === undefined || answer === '42501') return [];
  return [{ table, command, detail: `answered ${answer}, so that the wall is not proven` }];
}

/** Counts the rows of the first organization that the bound one can see. */
async function countRows(
  session: PostgresClient,
  { orgA }: ProbeWallsSettings,
  { table, org }: Probe,
): Promise<number> {
  const { rows } = await session.query(`SELECT count(*)::int AS count FROM ${table} WHERE ${org} = $1`, [orgA]);
  return (rows as readonly { readonly count: number }[])[0]?.count ?? 0;
}

/** @returns the SQLSTATE of the error, after which the work is undone; `undefined` if there was none */
async function attempt(session: PostgresClient, work: () => Promise<unknown>): Promise<string | undefined> {
  await session.query('SAVEPOINT probe');
  try {
    await work();
    return undefined;
  } catch (error) {
    await session.query('ROLLBACK TO SAVEPOINT probe');
    const { code } = error as { readonly code?: unknown };
    if (typeof code !== 'string') throw error;
    return code;
  }
}
