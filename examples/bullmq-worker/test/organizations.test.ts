import { currentOrg, findCurrentOrg, OrgContextError, withOrg } from '@connect-auth/isolation';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { UnrecoverableError } from 'bullmq';
import { findReport } from '../src/find-report.js';
import { queueReport } from '../src/queue-reports.js';
import { makeReport } from '../src/report.js';
import { acme, globex } from '../src/tasks.js';
import { describeOnRedis } from './describe-on-redis.js';
import { atOnce, keys, nextEndOf, openReports } from './open-reports.js';

const ofAcme = { orgId: acme, project: 'website', tasks: 3, done: 1 };
const ofGlobex = { orgId: globex, project: 'website', tasks: 1, done: 1 };

await describeOnRedis('organizations with one queue', () => {
  let reports: ReturnType<typeof openReports>;
  beforeEach(() => {
    reports = openReports();
  });
  afterEach(() => reports.close());

  test('200 jobs interleaved, ten at once: each is done for whom it was queued, and sees its rows only', async () => {
    const meet = openMeetings();
    const seen: [string, string, string][] = [];
    const orgs = Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? acme : globex));
    const jobs = [];
    for (const [at, org] of orgs.entries()) jobs.push(await reports.ask(org, `project ${at}`));
    // A worker that was started for somebody works for all the same.
    await withOrg(acme, async () =>
      reports.work(async (request, { orgId }) => {
        const before = currentOrg();
        await meet(before);
        seen.push([orgId, before, currentOrg()]);
        return { ...(await makeReport({ project: 'website' })), project: request.project };
      }),
    );
    expect(await Promise.all(jobs.map(reports.outcomeOf))).toEqual(
      orgs.map((org, at) => ({ ...(org === acme ? ofAcme : ofGlobex), project: `project ${at}` })),
    );
    expect(seen).toHaveLength(200);
    for (const [orgId, before, after] of seen) expect([before, after]).toEqual([orgId, orgId]);
    expect(findCurrentOrg()).toBeUndefined();
  });

  test('a job that fails is tried again for the same organization, under the same envelope', async () => {
    const tries: [string, ...unknown[]][] = [];
    reports.work(async (request, info, job) => {
      tries.push([currentOrg(), info, job.data]);
      if (job.attemptsMade < 2) throw new Error('no printer');
      return makeReport(request);
    });
    const [one, other] = [await reports.ask(acme, 'website', atOnce), await reports.ask(globex, 'website', atOnce)];
    expect(await Promise.all([one, other].map(reports.outcomeOf))).toEqual([ofAcme, ofGlobex]);
    const info = (job: typeof one) => ({ orgId: job.data.org, issuedAt: job.data.iat });
    const expected = (job: typeof one) => [job.data.org, info(job), job.data];
    expect(tries).toHaveLength(6);
    for (const job of [one, other])
      expect(tries.filter(([org]) => org === job.data.org)).toEqual(Array(3).fill(expected(job)));
  });

  test('a job that failed for good, and that somebody tries again, is still of its organization', async () => {
    let isBroken = true;
    const worker = reports.work(async (request) => {
      if (isBroken) throw new Error('no printer');
      return makeReport(request);
    });
    const failed = nextEndOf(worker);
    const job = await reports.ask(globex, 'website', { ...atOnce, attempts: 1 });
    expect(await failed).toBe('no printer');
    isBroken = false;
    const made = nextEndOf(worker);
    await job.retry('failed');
    expect(await made).toEqual(ofGlobex);
  });

  test('a job that is cancelled hears of it', async () => {
    const begun = openGate();
    const worker = reports.work(async (_request, _info, _job, _token, signal) => {
      begun.open();
      await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
      throw new UnrecoverableError(`cancelled for ${currentOrg()}`);
    });
    const job = await reports.ask(acme);
    await begun.opened;
    expect(worker.cancelJob(`${job.id}`)).toBe(true);
    expect(await reports.outcomeOf(job)).toBe(`cancelled for ${acme}`);
  });

  test('who asks twice gets the job that is there, and never another organization’s', async () => {
    const [first, again, other] = [await reports.ask(acme), await reports.ask(acme), await reports.ask(globex)];
    expect(again.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
    reports.work(makeReport);
    expect(await Promise.all([first, again, other].map(reports.outcomeOf))).toEqual([ofAcme, ofAcme, ofGlobex]);
  });

  test('a job is found by its organization; for another it is as one that does not exist', async () => {
    const job = await reports.ask(acme);
    const id = `${job.id}`;
    const find = (org: string, wanted = id) => withOrg(org, () => findReport(reports.queue, wanted));
    expect(await find(acme)).toEqual({ state: 'waiting' });
    reports.work(makeReport);
    await reports.outcomeOf(job);
    expect(await find(acme)).toEqual({ state: 'completed', report: ofAcme });
    expect([await find(globex), await find(acme, '4711')]).toEqual([undefined, undefined]);
    await expect(findReport(reports.queue, id)).rejects.toThrow(new OrgContextError('org_context_missing'));
  });

  test('nothing is queued without an organization', async () => {
    const asked = queueReport(reports.queue, { project: 'website' }, keys);
    await expect(asked).rejects.toThrow(new OrgContextError('org_context_missing'));
    expect(await reports.queue.count()).toBe(0);
  });

  test('a worker that closes finishes what it has begun, and leaves the rest to the next', async () => {
    const [begun, printed] = [openGate(), openGate()];
    const order: string[] = [];
    const closing = reports.work(
      async (request) => {
        begun.open();
        await printed.opened;
        order.push(`done for ${currentOrg()}`);
        return makeReport(request);
      },
      keys,
      1,
    );
    const [first, second] = [await reports.ask(acme), await reports.ask(globex)];
    await begun.opened;
    const closed = closing.close().then(() => order.push('closed'));
    printed.open();
    await closed;
    expect(order).toEqual([`done for ${acme}`, 'closed']);
    expect([await first.getState(), await second.getState()]).toEqual(['completed', 'waiting']);
    reports.work(makeReport);
    expect(await reports.outcomeOf(second)).toEqual(ofGlobex);
  });
});

/** Holds a job until one of the other organization is under way: whatever they have in common, they have at once. */
function openMeetings() {
  const waiting = new Map<string, (() => void)[]>([
    [acme, []],
    [globex, []],
  ]);
  return async (org: string): Promise<void> => {
    const other = waiting.get(org === acme ? globex : acme)?.shift();
    if (other !== undefined) return other();
    await new Promise<void>((resolve) => waiting.get(org)?.push(resolve));
  };
}

function openGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
