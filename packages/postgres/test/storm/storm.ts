import { withOrg } from '@connect-auth/isolation';
import type { OpenLayer } from '../layers/layer.js';

export const stormOrgs = Array.from({ length: 20 }, (_, at) => `org_${at}`);

type StormQueries = Pick<OpenLayer, 'listOrgs' | 'insert' | 'fail'>;

/** As much of a query layer as a storm needs. */
export interface StormLayer extends StormQueries {
  transaction<Result>(work: (transaction: StormQueries) => Promise<Result>): Promise<Result>;
}

export interface StormSettings {
  readonly requests: number;
  readonly concurrent: number;
  /** Ends one connection of the application at the server. */
  readonly killOne: () => Promise<unknown>;
}

export interface StormReport {
  /** Requests that were answered with another organization's rows. */
  foreign: number;
  /** Requests that were answered with fewer rows than their organization has had from the start. */
  missing: number;
  answered: number;
  /** Requests that failed, as they were to or since their connection was killed. */
  failed: number;
}

/** What the requests do in turn. */
const kinds = [
  'read',
  'write',
  'transaction',
  'read',
  'fail',
  'failWithin',
  'throwWithin',
  'abort',
  'read',
  'write',
] as const;

/**
 * Many requests of twenty organizations at once. Some fail in SQL or in JavaScript, some are abandoned in the middle by who
 * asked, and every hundredth has a connection killed. What they write is called `storm <organization>`; what must not stay is
 * called `storm dropped`.
 */
export async function runStorm(db: StormLayer, settings: StormSettings): Promise<StormReport> {
  const report: StormReport = { foreign: 0, missing: 0, answered: 0, failed: 0 };
  const abandoned: Promise<unknown>[] = [];
  let next = 0;

  async function serve(at: number): Promise<void> {
    const orgId = stormOrgs[(at * 7) % stormOrgs.length] as string;
    const kind = kinds[(at + Math.floor(at / kinds.length)) % kinds.length] as (typeof kinds)[number];
    const work = withOrg(orgId, () => perform(db, kind, `storm ${orgId}`));
    if (kind === 'abort') {
      abandoned.push(work.catch(() => undefined));
      return;
    }
    const rows = await work;
    report.answered += 1;
    if (rows.some((row) => row !== orgId)) report.foreign += 1;
    if (rows.length < 2) report.missing += 1;
  }

  async function serveOneAfterAnother(): Promise<void> {
    for (let at = next++; at < settings.requests; at = next++) {
      if (at % 100 === 99) abandoned.push(settings.killOne());
      await serve(at).catch(() => {
        report.failed += 1;
      });
    }
  }

  await Promise.all(Array.from({ length: settings.concurrent }, serveOneAfterAnother));
  await Promise.all(abandoned);
  return report;
}

async function perform(db: StormLayer, kind: (typeof kinds)[number], name: string): Promise<string[]> {
  switch (kind) {
    case 'read':
      return await db.listOrgs();
    case 'write':
      await db.insert(name);
      return await db.listOrgs();
    case 'fail':
      await db.fail();
      return [];
    case 'failWithin':
      return await db.transaction(async (transaction) => {
        await transaction.insert('storm dropped');
        await transaction.fail();
        return [];
      });
    case 'throwWithin':
      return await db.transaction(async (transaction) => {
        await transaction.insert('storm dropped');
        throw new Error('thrown by the request');
      });
    default:
      return await db.transaction(async (transaction) => {
        await transaction.insert(name);
        return await transaction.listOrgs();
      });
  }
}
