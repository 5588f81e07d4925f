import { setImmediate } from 'node:timers/promises';
import { describeCurrentCaller } from '@connect-auth/audit';
import { ConfigurationError, currentAuth, findCurrentAuth } from '@connect-auth/core';
import { runWithAuth } from '@connect-auth/core/adapter';
import {
  currentOrg,
  findCurrentOrg,
  OrgContextError,
  type OrgEnvelope,
  OrgEnvelopeError,
  type OrgEnvelopeReason,
  type OrgJobInfo,
  orgEnvelope,
  orgJob,
  withOrg,
} from '@connect-auth/isolation';
import { createFixedClock } from '@connect-auth/testing';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openAuths } from '../../../audit/test/verified-auth.js';

const auths = await openAuths();
afterAll(auths.close);

const key = (kid: string) => ({ kid, secret: `${kid}-${'s'.repeat(32)}` });
const keys = [key('k1')];
const clock = createFixedClock();
const now = clock.now;

/** What a queue does with data: writes it as JSON and reads it back. */
const throughQueue = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));
const envelopeFor = async (org: string, data: unknown, options: object = {}) =>
  throughQueue(await withOrg(org, async () => orgEnvelope(data, { keys, now, ...options })));

const outcomeOf = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
const refusal = (reason: OrgEnvelopeReason) => new OrgEnvelopeError(reason);

/** A worker that says for whom it was called. */
const worker = () => {
  const calls: unknown[] = [];
  const run = orgJob(
    async (data: unknown, info: OrgJobInfo) => {
      await setImmediate();
      calls.push(data);
      return { org: currentOrg(), info };
    },
    { keys, now },
  );
  return { run, calls };
};

describe('a job', () => {
  test('runs for the organization that queued it, with what it was queued with', async () => {
    const { run, calls } = worker();
    const data = { report: 7, at: new Date(0), nothing: undefined };
    const envelope = await envelopeFor('org_a', data, { auditId: 'event_1' });
    const issuedAt = Math.floor(now() / 1000);
    const info = { orgId: 'org_a', auditId: 'event_1', issuedAt };
    expect(await run({ id: '1', name: 'report', data: envelope })).toEqual({ org: 'org_a', info });
    expect(await run(envelope)).toEqual({ org: 'org_a', info });
    expect(calls).toEqual(Array(2).fill({ report: 7, at: '1970-01-01T00:00:00.000Z' }));
    expect(findCurrentOrg()).toBeUndefined();
  });

  test('is run as what it was queued as, and as nothing else', async () => {
    const ran: unknown[] = [];
    const runAs = (purpose?: string) =>
      orgJob(async (data) => void ran.push([purpose, data]), { keys, now, ...(purpose !== undefined && { purpose }) });
    const report = await envelopeFor('org_a', 1, { purpose: 'report' });
    const plain = await envelopeFor('org_a', 2);
    await runAs('report')(report);
    await runAs()(plain);
    expect(ran).toEqual([
      ['report', 1],
      [undefined, 2],
    ]);
    for (const [run, envelope] of [
      [runAs('payment'), report],
      [runAs(), report],
      [runAs('report'), plain],
    ] as const) {
      expect(await outcomeOf(run(envelope))).toEqual(refusal('other_purpose'));
    }
    const { purpose: _, ...stripped } = report;
    for (const forged of [{ ...report, purpose: 'payment' }, stripped, { ...plain, purpose: 'report' }]) {
      expect(await outcomeOf(runAs('payment')(forged))).toEqual(refusal('bad_signature'));
    }
    expect(ran).toHaveLength(2);
    for (const purpose of ['', 7]) {
      expect(() => orgJob(async () => 1, { keys, purpose } as never)).toThrow(ConfigurationError);
      await expect(envelopeFor('org_a', 1, { purpose })).rejects.toThrow(ConfigurationError);
    }
  });

  test('is on record as what it is', async () => {
    const caller = async () => describeCurrentCaller();
    const runs = [orgJob(caller, { keys, now, purpose: 'report' }), orgJob(caller, { keys, now })];
    const envelopes = [await envelopeFor('org_a', 1, { purpose: 'report' }), await envelopeFor('org_a', 1)];
    const actors = await Promise.all(runs.map((run, at) => run(envelopes[at])));
    expect(actors).toEqual(
      ['job:report', 'job'].map((id) => ({ actor: { type: 'system', id }, org: { id: 'org_a', source: 'frame' } })),
    );
  });

  test('knows who asked for it, and is not done as them', async () => {
    const auth = await auths.user('org_a');
    const envelope = runWithAuth(auth, () => orgEnvelope({}, { keys, now }));
    expect(envelope).toMatchObject({ v: 1, org: 'org_a', client_id: auth.clientId, sub: auth.subject });
    expect(JSON.stringify(envelope)).not.toContain(auth.token);
    const run = orgJob(async (_data, info: OrgJobInfo) => [info, findCurrentAuth()], { keys, now });
    expect(await run(envelope)).toEqual([
      expect.objectContaining({ orgId: 'org_a', clientId: auth.clientId, subject: auth.subject }),
      undefined,
    ]);
  });

  test('gets what the queue hands out, and is left as it is for a retry and for what failed', async () => {
    const job = { id: '1', data: await envelopeFor('org_a', { report: 7 }), attemptsMade: 0 };
    const before = JSON.stringify(job);
    const seen: unknown[] = [];
    let isBroken = true;
    const process = orgJob(
      async (data: { report: number }, info, handed: typeof job, token: string) => {
        seen.push([data.report, info.orgId, handed === job, token]);
        if (isBroken) throw new Error('no printer');
      },
      { keys, now },
    );
    const bullMqProcessor: (given: typeof job, token: string) => Promise<void> = process;
    expect(await outcomeOf(bullMqProcessor(job, 'lock'))).toEqual(new Error('no printer'));
    isBroken = false;
    await bullMqProcessor(job, 'lock');
    expect(seen).toEqual(Array(2).fill([7, 'org_a', true, 'lock']));
    expect(JSON.stringify(job)).toBe(before);
    // The queue of what failed gets the data of the job.
    expect(await worker().run({ data: throughQueue(job.data) })).toMatchObject({ org: 'org_a' });
  });

  test('gets as much as its handler declares, for queues that go by the number of parameters', async () => {
    const handed: unknown[] = [];
    const process = orgJob(
      async (_data: unknown, _info: OrgJobInfo, _job: unknown, _token?: string, signal?: AbortSignal) =>
        void handed.push(signal),
      { keys, now },
    );
    expect(process).toHaveLength(3);
    const { signal } = new AbortController();
    await process({ data: await envelopeFor('org_a', {}) }, 'lock', signal);
    expect(handed).toEqual([signal]);
    expect(orgJob(async (_data, _info, _job, _token?: string) => {}, { keys })).toHaveLength(2);
    for (const handler of [
      async () => {},
      async (_data: unknown) => {},
      async (_data: unknown, _info: unknown) => {},
    ]) {
      expect(orgJob(handler, { keys })).toHaveLength(1);
    }
  });

  test('is not queued without an organization', () => {
    expect(() => orgEnvelope({}, { keys, now })).toThrow(new OrgContextError('org_context_missing'));
  });

  test('is its own organization’s also in a loop that was started for another', async () => {
    const queue: OrgEnvelope[] = [await envelopeFor('org_b', {}), await envelopeFor('org_a', {})];
    const { run } = worker();
    const drain = async () => {
      const orgs: unknown[] = [];
      for (const envelope of queue) orgs.push([await outcomeOf(run(envelope)), findCurrentOrg()]);
      return orgs;
    };
    const expected = ['org_b', 'org_a'].map((org) => expect.objectContaining({ org }));
    const inFrame = await withOrg('org_a', drain);
    expect(inFrame).toEqual(expected.map((outcome) => [outcome, 'org_a']));
    const auth = await auths.client('org_a');
    await runWithAuth(auth, async () => {
      expect(await drain()).toEqual(expected.map((outcome) => [outcome, 'org_a']));
      expect(currentAuth()).toBe(auth);
    });
  });
});

describe('not run is a job', () => {
  const refused = async (change: (envelope: Record<string, unknown>) => unknown, wrap = (value: unknown) => value) => {
    const { run, calls } = worker();
    const envelope = await envelopeFor('org_a', { amount: 1 });
    const outcome = await outcomeOf(run(wrap(change({ ...envelope }))));
    expect(calls).toEqual([]);
    return outcome;
  };

  test.each<[string, OrgEnvelopeReason, (envelope: Record<string, unknown>) => unknown]>([
    ['without envelope', 'unsigned', () => ({ amount: 1 })],
    ['of nothing', 'unsigned', () => undefined],
    ['that is a text', 'unsigned', () => 'org_a'],
    ['whose signature is missing', 'unsigned', ({ sig: _, ...rest }) => rest],
    ['whose signature is empty', 'malformed', (envelope) => ({ ...envelope, sig: '' })],
    ['whose signature is a list', 'malformed', (envelope) => ({ ...envelope, sig: [envelope.sig] })],
    ['whose signature is longer', 'malformed', (envelope) => ({ ...envelope, sig: `${envelope.sig}A` })],
    ['of another version', 'malformed', (envelope) => ({ ...envelope, v: 2 })],
    ['with more in it', 'malformed', (envelope) => ({ ...envelope, grant: 'all' })],
    ['without organization', 'malformed', ({ org: _, ...rest }) => rest],
    ['of an organization that is none', 'malformed', (envelope) => ({ ...envelope, org: '' })],
    ['without data', 'malformed', ({ data: _, ...rest }) => rest],
    ['without time', 'malformed', ({ iat: _, ...rest }) => rest],
    ['of an unknown key', 'unknown_key', (envelope) => ({ ...envelope, kid: 'k2' })],
    ['moved to another organization', 'bad_signature', (envelope) => ({ ...envelope, org: 'org_b' })],
    ['whose data was changed', 'bad_signature', (envelope) => ({ ...envelope, data: { amount: 2 } })],
    ['that was given more time', 'bad_signature', (envelope) => ({ ...envelope, exp: 9_999_999_999 })],
    ['that was given all time', 'bad_signature', ({ exp: _, ...rest }) => rest],
    ['of another user', 'bad_signature', (envelope) => ({ ...envelope, sub: 'user_2' })],
    ['of another event', 'bad_signature', (envelope) => ({ ...envelope, audit_id: 'event_2' })],
  ])('%s', async (_what, reason, change) => {
    expect(await refused(change)).toEqual(refusal(reason));
    expect(await refused(change, (data) => ({ id: '1', data }))).toEqual(refusal(reason));
  });

  test('whose signature is that of another', async () => {
    const other = await envelopeFor('org_b', { amount: 1 });
    expect(await refused((envelope) => ({ ...envelope, sig: other.sig }))).toEqual(refusal('bad_signature'));
    expect(await refused((envelope) => ({ ...other, data: envelope.data, org: 'org_a' }))).toEqual(
      refusal('bad_signature'),
    );
  });

  test('whose data has the text of what was signed in the name of a member', async () => {
    const [two, one] = [{ a: 1, b: 2 }, { 'a":1,"b': 2 }];
    for (const [signed, forged] of [
      [two, one],
      [two, { 'a:1,b': 2 }],
      [one, two],
    ] as const) {
      const envelope = await envelopeFor('org_a', signed);
      expect(await refused(() => ({ ...envelope, data: forged }))).toEqual(refusal('bad_signature'));
    }
    const plain = await envelopeFor('org_a', { 'a:1,b': 2 });
    expect(await refused(() => ({ ...plain, data: two }))).toEqual(refusal('bad_signature'));
  });

  test('signed by somebody with a key of the same name', async () => {
    const forged = await envelopeFor(
      'org_b',
      {},
      { keys: [{ kid: 'k1', secret: 'another secret, of some 32 bytes' }] },
    );
    expect(await refused(() => forged)).toEqual(refusal('bad_signature'));
  });

  test('nested so deep that it would be the end of the stack', async () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(await refused((envelope) => ({ ...envelope, data: deep }))).toEqual(refusal('malformed'));
    await expect(
      withOrg('org_a', async () => orgEnvelope(JSON.parse(`${'['.repeat(300)}${']'.repeat(300)}`), { keys })),
    ).rejects.toThrow(ConfigurationError);
  });

  test('that is older than it was made to be: seven days, unless told', async () => {
    const day = 86_400;
    for (const [options, seconds] of [
      [{}, 7 * day],
      [{ maxAgeSeconds: 60 }, 60],
    ] as const) {
      const envelope = await envelopeFor('org_a', {}, options);
      const { run } = worker();
      clock.advanceSeconds(seconds - 1);
      expect(await outcomeOf(run(envelope))).toMatchObject({ org: 'org_a' });
      clock.advanceSeconds(1);
      expect(await outcomeOf(run(envelope))).toEqual(refusal('expired'));
    }
    const lasting = await envelopeFor('org_a', {}, { maxAgeSeconds: null });
    expect(lasting).not.toHaveProperty('exp');
    clock.advanceSeconds(1_000 * day);
    expect(await outcomeOf(worker().run(lasting))).toMatchObject({ org: 'org_a' });
  });

  test('and fails with what the queue wants for it; what the handler throws stays as it is', async () => {
    class Final extends Error {}
    const told: unknown[] = [];
    const own = new Error('no printer');
    const toFailure = (error: OrgEnvelopeError) => {
      told.push(error);
      return new Final(error.reason);
    };
    const run = orgJob(() => Promise.reject(own), { keys, now, toFailure });
    expect(await outcomeOf(run({ data: { amount: 1 } }))).toEqual(new Final('unsigned'));
    expect(await outcomeOf(run({ data: await envelopeFor('org_a', {}) }))).toBe(own);
    expect(told).toEqual([refusal('unsigned')]);
  });

  test('and nothing of it is in the error', async () => {
    const secret = `${keys[0]?.secret}`;
    const error = await refused((envelope) => ({ ...envelope, org: 'org_b', data: { card: '4111' } }));
    expect(`${error} ${JSON.stringify(error)} ${(error as Error).stack}`).not.toMatch(/org_b|4111/);
    expect(`${error}`).not.toContain(secret);
  });
});

describe('keys change', () => {
  test('without a job being lost: known first, then signing, then alone', async () => {
    const [old, fresh] = [key('k1'), key('k2')];
    const runWith = (known: readonly (typeof old)[]) => orgJob(async () => currentOrg(), { keys: known, now });
    const [byOld, byFresh] = [await envelopeFor('org_a', {}), await envelopeFor('org_a', {}, { keys: [fresh, old] })];
    expect([byOld.kid, byFresh.kid]).toEqual(['k1', 'k2']);
    for (const known of [
      [old, fresh],
      [fresh, old],
    ]) {
      expect(await runWith(known)(byOld)).toBe('org_a');
      expect(await runWith(known)(byFresh)).toBe('org_a');
    }
    expect(await outcomeOf(runWith([fresh])(byOld))).toEqual(refusal('unknown_key'));
    expect(await runWith([fresh])(byFresh)).toBe('org_a');
  });

  test('bytes and text are the same secret', async () => {
    const secret = Buffer.from(key('k1').secret);
    const run = orgJob(async () => currentOrg(), { keys: [{ kid: 'k1', secret }], now });
    secret.fill(0); // Whoever wipes it does not change the key.
    expect(await run(await envelopeFor('org_a', {}))).toBe('org_a');
  });
});

describe('refuses at start', () => {
  const secret = 's'.repeat(32);
  test.each<[object, string]>([
    [{}, 'keys must be a list of keys'],
    [{ keys: [] }, 'keys must have a key'],
    [{ keys: ['secret'] }, 'keys[0] must be { kid, secret }'],
    [{ keys: [{ kid: '', secret }] }, 'keys[0].kid must be a non-empty string'],
    [{ keys: [{ kid: 'k1', secret: 'short' }] }, 'keys[0].secret must have at least 32 bytes'],
    [{ keys: [{ kid: 'k1', secret: 5 }] }, 'keys[0].secret must be a text or bytes'],
    [{ keys: [{ kid: 'k1', secret, alg: 'none' }] }, 'keys[0].alg is not an option; known: kid, secret'],
    [
      {
        keys: [
          { kid: 'k1', secret },
          { kid: 'k1', secret },
        ],
      },
      'keys[1].kid names two keys',
    ],
    [{ keys, secret: 'x' }, 'secret is not an option'],
    [{ keys, now: 5 }, 'now must be a function'],
  ])('%j', async (options, message) => {
    expect(() => orgJob(async () => {}, options as never)).toThrow(message);
    await expect(withOrg('org_a', async () => orgEnvelope({}, options as never))).rejects.toThrow(message);
  });

  test('an age that is none, data that is none, a handler that is none', async () => {
    for (const maxAgeSeconds of [0, -1, 0.5, Number.NaN, '60']) {
      await expect(envelopeFor('org_a', {}, { maxAgeSeconds })).rejects.toThrow('maxAgeSeconds must be a whole number');
    }
    const circular: { self?: object } = {};
    circular.self = circular;
    for (const data of [undefined, () => {}, 1n, circular]) {
      await expect(envelopeFor('org_a', data)).rejects.toThrow('orgEnvelope() takes data that JSON can hold');
    }
    expect(() => orgJob('run' as never, { keys })).toThrow('orgJob() takes an async function');
    expect(() => orgJob(async () => {}, { keys, toFailure: 'final' as never })).toThrow('toFailure must be a function');
  });
});
