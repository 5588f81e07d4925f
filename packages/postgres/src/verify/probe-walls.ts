import { ConfigurationError } from '@connect-auth/core';
import { type Probe, type ProbeOptions, type ProbeSettings, readProbeOptions } from './probe-options.js';
import type { Queryable } from './queryable.js';

export interface WallLeak {
  /** Quoted and qualified. */
  readonly table: string;
  readonly command: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  readonly detail: string;
}

/**
 * Tries the walls, where `verifyWalls` reads about them: inserts a row for one organization, and then reads, inserts,
 * changes and deletes as the other, in a transaction that is rolled back. It changes and deletes without a WHERE, which
 * would let the wall of SELECT hide a missing one: it locks what the second organization has, and is for tests.
 *
 * @param session one connection, a `Client` or a PGlite: a pool would send each statement over another
 * @returns what got through; nothing, if the walls stand
 * @throws ConfigurationError for options that are unknown, and for a pool
 */
export async function probeWalls(session: Queryable, options: ProbeOptions): Promise<readonly WallLeak[]> {
  const settings = readProbeOptions(options);
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
    // What refers to others goes first, as they could not be deleted otherwise.
    for (const probe of probes.toReversed()) leaks.push(...(await probeWriting(session, settings, probe, 'DELETE')));
    return leaks;
  } finally {
    await session.query('ROLLBACK');
  }
}

const bind = (session: Queryable, { bindOrg, toBinding }: ProbeSettings, orgId: string) =>
  session.query(`SELECT ${bindOrg}($1)`, [toBinding(orgId)]);

/** `fixed`: columns beside those of the row, with their values. */
function insert(session: Queryable, { table, columns, values }: Probe, fixed: readonly [string, unknown][]) {
  const names = [...columns, ...fixed.map(([name]) => name)];
  const all = [...values, ...fixed.map(([, value]) => value)];
  const row =
    names.length === 0
      ? 'DEFAULT VALUES'
      : `(${names.join(', ')}) VALUES (${all.map((_, at) => `$${at + 1}`).join(', ')})`;
  return session.query(`INSERT INTO ${table} ${row}`, all);
}

async function probeReading(session: Queryable, settings: ProbeSettings, probe: Probe): Promise<WallLeak[]> {
  await bind(session, settings, settings.orgB);
  const count = await countRows(session, settings, probe);
  return count === 0 ? [] : [{ table: probe.table, command: 'SELECT', detail: `${count} rows of the other were read` }];
}

async function probeInsert(session: Queryable, settings: ProbeSettings, probe: Probe): Promise<WallLeak[]> {
  await bind(session, settings, settings.orgB);
  const answer = await attempt(session, () => insert(session, probe, [[probe.org, settings.orgA]]));
  // Anything else comes after the wall: a key that is taken, a row that is missing.
  if (answer === '42501') return [];
  const detail = answer === undefined ? 'a row for the other was inserted' : `answered ${answer}, and not 42501`;
  return [{ table: probe.table, command: 'INSERT', detail }];
}

async function probeWriting(
  session: Queryable,
  settings: ProbeSettings,
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

/** Of the first organization, as far as whoever is bound sees them. */
async function countRows(session: Queryable, { orgA }: ProbeSettings, { table, org }: Probe): Promise<number> {
  const { rows } = await session.query(`SELECT count(*)::int AS count FROM ${table} WHERE ${org} = $1`, [orgA]);
  return (rows as readonly { readonly count: number }[])[0]?.count ?? 0;
}

/** @returns the SQLSTATE of what failed, which is undone; `undefined` if it did not */
async function attempt(session: Queryable, work: () => Promise<unknown>): Promise<string | undefined> {
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
