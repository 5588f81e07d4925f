import { currentOrg, type OrgEnvelope, orgEnvelope } from '@connect-auth/isolation';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeReport, type ReportRequest } from '../src/report.js';
import { acme, globex } from '../src/tasks.js';
import { describeOnRedis } from './describe-on-redis.js';
import { atOnce, envelopeOf, key, nextEndOf, openReports } from './open-reports.js';

const reasons = {
  unsigned: 'The job carries no envelope, or one without a signature: it was not queued through orgEnvelope().',
  malformed: 'The envelope is not one of orgEnvelope().',
  unknownKey: 'The envelope is signed with a key that is not known here.',
  badSignature: 'The signature does not belong to this envelope: its organization or its data were changed.',
  expired: 'The envelope is older than it was made to be.',
} as const;

const eightDaysMs = 8 * 86_400_000;

await describeOnRedis('a job that is not proven to be for an organization', () => {
  let reports: ReturnType<typeof openReports>;
  let handled: string[];
  beforeEach(() => {
    reports = openReports();
    handled = [];
  });
  afterEach(() => reports.close());

  const work = (given?: Parameters<typeof reports.work>[1]) =>
    reports.work(async (request) => {
      handled.push(currentOrg());
      return makeReport(request);
    }, given);

  /** Puts data straight into the queue, as anybody does who can write to Redis, and says how it went. */
  async function forge(data: unknown) {
    const job = await reports.queue.add('report', data as OrgEnvelope<ReportRequest>, { ...atOnce, attempts: 5 });
    const outcome = await reports.outcomeOf(job);
    const [state, known] = [await job.getState(), await reports.queue.getJob(`${job.id}`)];
    return { outcome, state, attempts: known?.attemptsMade };
  }

  test.each<[string, keyof typeof reasons, () => unknown]>([
    ['without an envelope', 'unsigned', () => ({ project: 'website' })],
    ['with an organization of its own choice', 'unsigned', () => ({ org: globex, data: { project: 'website' } })],
    ['signed with a key of its own', 'unknownKey', () => envelopeOf(globex, { keys: [key('k9')] })],
    [
      'signed with another secret under a known name',
      'badSignature',
      () => envelopeOf(globex, { keys: [{ ...key('k9'), kid: 'k1' }] }),
    ],
    ['of Acme, moved to Globex', 'badSignature', async () => ({ ...(await envelopeOf(acme)), org: globex })],
    ['with other data', 'badSignature', async () => ({ ...(await envelopeOf(acme)), data: { project: 'payroll' } })],
    ['with more in it', 'malformed', async () => ({ ...(await envelopeOf(acme)), grant: 'all' })],
    [
      'that ran already, and is put in once more when it is too old',
      'expired',
      () => envelopeOf(acme, { now: () => Date.now() - eightDaysMs }),
    ],
  ])('%s fails at the first of five attempts, and never runs', async (_what, reason, data) => {
    work();
    expect(await forge(await data())).toEqual({ outcome: reasons[reason], state: 'failed', attempts: 1 });
    expect(handled).toEqual([]);
  });

  test('was changed in Redis while it waited: it never runs, and not when somebody tries it again', async () => {
    const job = await reports.ask(acme, 'website', atOnce);
    const changed = { ...job.data, org: globex };
    await reports.connection.hset(reports.queue.toKey(`${job.id}`), 'data', JSON.stringify(changed));
    const worker = work();
    expect(await nextEndOf(worker)).toBe(reasons.badSignature);
    const again = nextEndOf(worker);
    await job.retry('failed');
    expect(await again).toBe(reasons.badSignature);
    expect(handled).toEqual([]);
  });

  test('leaves nothing of its data in what it failed with', async () => {
    work();
    const envelope = await envelopeOf(acme);
    const job = await reports.queue.add('report', { ...envelope, org: globex, data: { project: 'secret plans' } });
    await reports.outcomeOf(job);
    const { failedReason, stacktrace } = (await reports.queue.getJob(`${job.id}`)) ?? {};
    expect(`${failedReason} ${stacktrace}`).toContain(reasons.badSignature);
    expect(`${failedReason} ${stacktrace}`).not.toMatch(new RegExp(`secret plans|${globex}|${envelope.sig}|k1-s`));
  });

  test('does not hold up the jobs of others', async () => {
    const forged = await reports.queue.add('report', { ...(await envelopeOf(acme)), org: globex }, atOnce);
    const sound = await reports.ask(globex);
    work();
    expect(await reports.outcomeOf(forged)).toBe(reasons.badSignature);
    expect(await reports.outcomeOf(sound)).toMatchObject({ orgId: globex, tasks: 1 });
    expect(handled).toEqual([globex]);
  });

  test('is one that keeps its step in the queue unsigned; in an envelope of its own it goes on', async () => {
    const step = async (isSigned: boolean) => {
      const options = { ...atOnce, attempts: 2 };
      const job = await reports.ask(acme, isSigned ? 'signed' : 'unsigned', options);
      return reports.outcomeOf(job);
    };
    reports.work(async (request, _info, job) => {
      handled.push(request.project);
      if (request.project === 'website') return makeReport(request);
      const next = { project: 'website' };
      const data =
        request.project === 'signed'
          ? orgEnvelope(next, { keys: [key('k1')], purpose: 'report' })
          : { ...job.data, data: next };
      await job.updateData(data);
      throw new Error('no printer');
    });
    expect(await step(true)).toMatchObject({ orgId: acme, tasks: 3 });
    expect(await step(false)).toBe(reasons.badSignature);
    expect(handled).toEqual(['signed', 'website', 'unsigned']);
  });

  test('is one of a key that is gone: keys are known everywhere before they sign, and go last', async () => {
    const [old, fresh] = [key('k1'), key('k2')];
    const ask = (given: (typeof old)[]) => reports.ask(acme, 'website', {}, given);
    const run = async (job: Awaited<ReturnType<typeof ask>>, known: (typeof old)[]) => {
      const worker = work(known);
      const outcome = await reports.outcomeOf(job);
      await worker.close();
      return outcome;
    };
    const report = { orgId: acme, project: 'website', tasks: 3, done: 1 };
    expect(await run(await ask([old]), [old, fresh])).toEqual(report);
    expect(await run(await ask([old]), [fresh, old])).toEqual(report);
    expect(await run(await ask([fresh, old]), [old, fresh])).toEqual(report);
    expect(await run(await ask([fresh, old]), [fresh])).toEqual(report);
    expect(await run(await ask([old]), [fresh])).toBe(reasons.unknownKey);
    expect(await run(await ask([fresh, old]), [old])).toBe(reasons.unknownKey);
    expect(handled).toEqual(Array(4).fill(acme));
  });
});
