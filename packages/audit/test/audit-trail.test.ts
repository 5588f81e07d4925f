import {
  AuditOverflowError,
  AuditSinkError,
  createAuditTrail,
  functionSink,
  PartialWriteError,
} from '@connect-auth/audit';
import { ConfigurationError, findCurrentAuth, isAuthError, toChallenge } from '@connect-auth/core';
import { admitCaller, findRecord, recordOf, runInFrame } from '@connect-auth/core/adapter';
import { findCurrentOrg, withOrg } from '@connect-auth/isolation';
import { createFixedClock } from '@connect-auth/testing';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { gate, memorySink, read, turns } from './memory-sink.js';
import { openAuths } from './verified-auth.js';

const auths = await openAuths();
afterAll(auths.close);

const outcomeOf = (promise: Promise<unknown>) => promise.then(() => 'resolved').catch((error: unknown) => error);

test('what is recorded reaches every sink, in order, under one id', async () => {
  const clock = createFixedClock();
  const [customers, operators] = [memorySink('customers'), memorySink('operators')];
  const trail = createAuditTrail({ sinks: [customers], operator: [operators], now: clock.now });
  const ids = [trail.record(read('1')), trail.record(read('2'))];
  clock.advanceMs(1_500);
  ids.push(trail.record(read('3')));
  await trail.flush();
  for (const { events } of [customers, operators]) {
    expect(events.map(({ id }) => id)).toEqual(ids);
    expect([...ids].sort()).toEqual(ids);
    expect(events[0]).toEqual({ v: 1, id: ids[0], occurred_at: '2026-01-01T12:00:00.000Z', ...read('1') });
    expect(events[2]?.occurred_at).toBe('2026-01-01T12:00:01.500Z');
  }
  expect(trail.stats()).toMatchObject({ queued: 0, written: 6, dropped: 0, failed: 0 });
  expect(trail.stats().sinks.customers).toEqual({ queued: 0, written: 3, dropped: 0, failed: 0 });
});

test.each(['before any request', 'in a request'])(
  'sinks run as nobody, whoever recorded first: made %s',
  async (when) => {
    const seen: unknown[] = [];
    const look = () =>
      void seen.push(findCurrentAuth(), findCurrentOrg(), when === 'in a request' || findRecord()?.request);
    const sink = memorySink('sink', look, { flush: async () => look(), close: async () => look() });
    const make = () => createAuditTrail({ operator: [sink] });
    const early = when === 'in a request' ? undefined : make();
    const [request, auth] = [{}, await auths.client('org_a')];
    await runInFrame(recordOf(request), async () => {
      admitCaller(recordOf(request), auth);
      const trail = early ?? make();
      trail.record(read('1'));
      await turns();
      await trail.write(read('2'));
      await withOrg('org_a', () => trail.close());
    });
    const nobody = [undefined, undefined, when === 'in a request' ? true : undefined];
    expect(seen).toEqual([nobody, nobody, nobody, nobody].flat());
  },
);

test('a batch is at most as large as its sink takes', async () => {
  const [few, many] = [memorySink('few', undefined, { maxBatch: 3 }), memorySink('many')];
  const trail = createAuditTrail({ operator: [few, many] });
  for (let at = 0; at < 250; at += 1) trail.record(read(`${at}`));
  await trail.flush();
  expect(Math.max(...few.batches)).toBe(3);
  expect(many.batches).toEqual([100, 100, 50]);
  expect(few.events.map(({ id }) => id)).toEqual(many.events.map(({ id }) => id));
});

describe('a full queue', () => {
  test('drop: the event is lost to this sink, said at once, and told to it when it has recovered', async () => {
    const { opened, open } = gate();
    const errors: AuditSinkError[] = [];
    const [slow, customers, quick] = [
      memorySink('slow', () => opened),
      memorySink('customers', () => opened),
      memorySink('quick'),
    ];
    const trail = createAuditTrail({
      sinks: [customers],
      operator: [slow, quick],
      queue: { capacity: 4 },
      onError: (error) => errors.push(error),
    });
    for (let at = 0; at < 4; at += 1) trail.record(read(`${at}`));
    await turns();
    for (const at of [4, 5, 6]) trail.record(read(`${at}`, at === 6 ? 'org_b' : 'org_a'));
    await turns();
    expect(quick.events).toHaveLength(7);
    expect(trail.stats()).toMatchObject({ queued: 8, dropped: 6 });
    expect(errors.map(({ sink, events, cause }) => [sink, events, cause])).toEqual([
      ['customers', 1, expect.any(AuditOverflowError)],
      ['slow', 1, expect.any(AuditOverflowError)],
    ]);
    open();
    await trail.flush();
    expect(slow.events).toHaveLength(5);
    const told = {
      action: 'audit.dropped',
      decision: 'error',
      reason: 'overflow',
      actor: { type: 'system', id: 'system' },
    };
    const [ofSlow, ofCustomers] = [slow, customers].map((sink) => sink.events.slice(4));
    expect(ofSlow).toEqual([
      expect.objectContaining({ ...told, targets: [{ type: 'audit_sink', id: 'slow' }], dropped: { count: 3 } }),
    ]);
    expect(ofSlow?.[0]?.org).toBeUndefined();
    // Each customer is told of their own.
    expect(ofCustomers).toEqual([
      expect.objectContaining({ ...told, targets: [], org: read('', 'org_a').org, dropped: { count: 2 } }),
      expect.objectContaining({ ...told, targets: [], org: read('', 'org_b').org, dropped: { count: 1 } }),
    ]);
    trail.record(read('7'));
    await trail.close();
    expect(slow.events.slice(5)).toEqual([expect.objectContaining(read('7'))]);
  });

  test('refuse: 503, no sink gets the event, and there is room again afterwards', async () => {
    const { opened, open } = gate();
    const [slow, quick] = [memorySink('slow', () => opened), memorySink('quick')];
    const trail = createAuditTrail({ operator: [quick, slow], queue: { capacity: 2, overflow: 'refuse' } });
    trail.record(read('0'));
    trail.record(read('1'));
    await turns();
    let refusal: unknown;
    try {
      trail.record(read('2'));
    } catch (error) {
      refusal = error;
    }
    if (!isAuthError(refusal)) throw new Error('was not refused');
    expect(refusal).toBeInstanceOf(AuditOverflowError);
    const { status, headers, body } = toChallenge(refusal);
    expect({ status, headers }).toEqual({
      status: 503,
      headers: expect.objectContaining({ 'Retry-After': '1' }),
    });
    expect(JSON.stringify(body)).not.toContain('slow');
    open();
    await trail.flush();
    trail.record(read('3'));
    await trail.flush();
    for (const { events } of [slow, quick])
      expect(events.map(({ targets }) => targets[0]?.id)).toEqual(['0', '1', '3']);
    expect(trail.stats()).toMatchObject({ written: 6, dropped: 0 });
  });

  test('room that is kept for an event is there when it comes, for no other before, and once', async () => {
    const { opened, open } = gate();
    const [slow, customers] = [memorySink('slow', () => opened), memorySink('customers')];
    const queue = { capacity: 2, overflow: 'refuse' } as const;
    const trail = createAuditTrail({ operator: [slow], sinks: [customers], queue, onError: () => {} });
    const [first, second] = [trail.reserve(), trail.reserve()];
    for (const late of [() => trail.reserve(), () => trail.record(read('late'))])
      expect(late).toThrow(AuditOverflowError);
    first.record(read('0'));
    await turns();
    expect(() => trail.reserve()).toThrow(AuditOverflowError);
    for (let time = 0; time < 3; time += 1) second.release();
    trail.record(read('1'));
    expect(() => trail.reserve()).toThrow(AuditOverflowError);
    open();
    await trail.flush();
    const late = trail.reserve();
    await trail.close();
    late.record(read('late'));
    expect(() => trail.reserve()).toThrow(AuditOverflowError);
    expect(slow.events.map(({ targets }) => targets[0]?.id)).toEqual(['0', '1']);
    expect(trail.stats()).toMatchObject({ written: 4, dropped: 2 });
  });

  test('where events may be dropped, no room is kept and nothing refused', async () => {
    const trail = createAuditTrail({ operator: [memorySink('sink')], queue: { capacity: 1 }, onError: () => {} });
    const slots = [trail.reserve(), trail.reserve()];
    trail.record(read('0'));
    for (const slot of slots) slot.record(read('1'));
    await trail.close();
    trail.reserve().record(read('2'));
    expect(trail.stats()).toMatchObject({ written: 2, dropped: 3 });
  });

  test('events without an organization need no room in the queues of the customers', async () => {
    const { opened, open } = gate();
    const [customers, operators] = [memorySink('customers', () => opened), memorySink('operators')];
    const queue = { capacity: 1, overflow: 'refuse' } as const;
    const trail = createAuditTrail({ sinks: [customers], operator: [operators], queue });
    trail.record(read('0'));
    await turns();
    const { org: _org, ...withoutOrg } = read('1');
    trail.record(withoutOrg);
    expect(() => trail.record(read('2'))).toThrow(AuditOverflowError);
    open();
    await trail.flush();
    expect([customers.events, operators.events].map(({ length }) => length)).toEqual([1, 2]);
  });
});

describe('a sink in trouble', () => {
  const patience = { retries: 2, retryDelayMs: 100, sinkTimeoutMs: 1_000 };

  test('is asked again after a while, twice as long each time, and loses nothing', async () => {
    const clock = createFixedClock();
    let failures = 2;
    const flaky = memorySink('flaky', () => {
      failures -= 1;
      if (failures >= 0) throw new Error('not now');
    });
    const trail = createAuditTrail({ operator: [flaky], ...patience, after: clock.after });
    trail.record(read('0'));
    await turns();
    expect(flaky.calls).toHaveLength(1);
    for (const [ms, calls] of [
      [99, 1],
      [1, 2],
      [199, 2],
      [1, 3],
    ] as const) {
      clock.advanceMs(ms);
      await turns();
      expect(flaky.calls).toHaveLength(calls);
    }
    expect(flaky.events).toHaveLength(1);
    expect(trail.stats()).toMatchObject({ queued: 0, written: 1, failed: 0 });
  });

  test('is given up in the end, and holds up neither the request nor the others', async () => {
    const clock = createFixedClock();
    const errors: AuditSinkError[] = [];
    const trouble = new Error('disk is full');
    const [broken, fine] = [
      memorySink('broken', () => {
        throw trouble;
      }),
      memorySink('fine'),
    ];
    const onError = (error: AuditSinkError) => errors.push(error);
    const trail = createAuditTrail({ operator: [broken, fine], ...patience, after: clock.after, onError });
    trail.record(read('0'));
    await turns();
    expect(fine.events).toHaveLength(1);
    clock.advanceMs(100);
    await turns();
    clock.advanceMs(200);
    await trail.flush();
    expect(broken.calls).toEqual(['write', 'write', 'write', 'flush']);
    expect(trail.stats()).toMatchObject({ queued: 0, written: 1, failed: 1 });
    expect(errors).toEqual([new AuditSinkError('broken', 1)]);
    expect(errors[0]?.cause).toBe(trouble);
    expect(errors[0]?.message).not.toContain('disk');
  });

  test('that does not answer has its time, and what waits behind it goes on', async () => {
    const clock = createFixedClock();
    let isHanging = true;
    const hanging = memorySink('hanging', () => (isHanging ? new Promise(() => {}) : undefined), { maxBatch: 1 });
    const fine = memorySink('fine');
    const trail = createAuditTrail({
      operator: [hanging, fine],
      ...patience,
      retries: 0,
      after: clock.after,
      onError: () => {},
    });
    trail.record(read('0'));
    trail.record(read('1'));
    await turns();
    expect([hanging.calls.length, fine.events.length]).toEqual([1, 2]);
    clock.advanceMs(999);
    await turns();
    expect(trail.stats().sinks.hanging).toMatchObject({ queued: 2, failed: 0 });
    isHanging = false;
    clock.advanceMs(1);
    await trail.flush();
    expect(hanging.events.map(({ targets }) => targets[0]?.id)).toEqual(['1']);
    expect(trail.stats().sinks.hanging).toEqual({ queued: 0, written: 1, dropped: 0, failed: 1 });
  });

  test('one event that it cannot take is not the end of those beside it', async () => {
    const picky = memorySink('picky', (events) => {
      if (events.some(({ targets }) => targets[0]?.id === '1')) throw new Error('will not have it');
    });
    const trail = createAuditTrail({ operator: [picky], retries: 0, onError: () => {} });
    for (const id of ['0', '1', '2']) trail.record(read(id));
    await trail.flush();
    expect(picky.events.map(({ targets }) => targets[0]?.id)).toEqual(['0', '2']);
    expect(trail.stats()).toMatchObject({ written: 2, failed: 1 });
  });

  test('that wrote a part is asked for the rest, and for nothing else', async () => {
    const clock = createFixedClock();
    const batches: string[][] = [];
    const trail = createAuditTrail({
      ...patience,
      after: clock.after,
      operator: [
        {
          name: 'halves',
          write: async (events) => {
            batches.push(events.map(({ targets }) => targets[0]?.id ?? ''));
            if (batches.length === 1) throw new PartialWriteError(events.slice(2));
          },
        },
      ],
    });
    for (const id of ['0', '1', '2']) trail.record(read(id));
    await turns();
    clock.advanceMs(100);
    await trail.flush();
    expect(batches).toEqual([['0', '1', '2'], ['2']]);
    expect(trail.stats()).toMatchObject({ written: 3, failed: 0 });
  });

  test('that does not answer is not asked for each event by itself', async () => {
    const clock = createFixedClock();
    const hanging = memorySink('hanging', () => new Promise(() => {}));
    const terms = { ...patience, retries: 0, after: clock.after, onError: () => {} };
    const trail = createAuditTrail({ operator: [hanging], ...terms });
    for (const id of ['0', '1', '2']) trail.record(read(id));
    await turns();
    clock.advanceMs(1_000);
    await turns();
    expect(trail.stats()).toMatchObject({ queued: 0, failed: 3 });
    expect(hanging.calls).toEqual(['write']);
  });

  test('is told of its loss when it has recovered, and not before', async () => {
    const { opened, open } = gate();
    let isBroken = true;
    const sink = memorySink('sink', async () => {
      await opened;
      if (isBroken) throw new Error('no');
    });
    const trail = createAuditTrail({ operator: [sink], retries: 0, queue: { capacity: 1 }, onError: () => {} });
    for (const id of ['0', '1']) trail.record(read(id));
    open();
    await trail.flush();
    expect(sink.calls).toEqual(['write', 'flush']);
    isBroken = false;
    trail.record(read('2'));
    await trail.flush();
    expect(sink.events.map(({ action, dropped }) => [action, dropped?.count])).toEqual([
      ['project.read', undefined],
      ['audit.dropped', 1],
    ]);
  });

  test('is told of its loss when there is room for more than that', async () => {
    const gates = Array.from({ length: 6 }, gate);
    let at = 0;
    const sink = memorySink('sink', () => gates[at++]?.opened, { maxBatch: 1 });
    const trail = createAuditTrail({ operator: [sink], queue: { capacity: 4 }, onError: () => {} });
    for (const id of ['0', '1', '2', '3', 'lost']) trail.record(read(id));
    await turns();
    gates[0]?.open();
    await turns();
    expect(trail.stats()).toMatchObject({ queued: 3, dropped: 1 });
    gates[1]?.open();
    await turns();
    expect(trail.stats()).toMatchObject({ queued: 3, written: 2 }); // Two, and the word of the loss.
    for (const { open } of gates) open();
    await trail.close();
    expect(sink.events.map(({ action }) => action)).toEqual([...Array(4).fill('project.read'), 'audit.dropped']);
  });

  test('whoever is told of it may throw', async () => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const trail = createAuditTrail({
      retries: 0,
      operator: [functionSink(() => Promise.reject(new Error('secret row')))],
      onError: () => {
        throw new Error('me too');
      },
    });
    const quiet = createAuditTrail({
      retries: 0,
      operator: [functionSink(() => Promise.reject(new Error('secret row')))],
    });
    trail.record(read('0'));
    quiet.record(read('0'));
    await Promise.all([trail.flush(), quiet.flush()]);
    const warnings = emitWarning.mock.calls.map(([message]) => message);
    emitWarning.mockRestore();
    expect(warnings).toEqual([
      'onError of the audit trail threw on: the audit sink "function" did not take 1 event',
      'the audit sink "function" did not take 1 event',
    ]);
    expect(trail.stats()).toMatchObject({ failed: 1 });
  });
});

describe('write', () => {
  test('resolves once every sink has the event, past the queue', async () => {
    const { opened, open } = gate();
    let isBlocked = true;
    const blocked = memorySink('blocked', () => (isBlocked ? opened : undefined));
    const trail = createAuditTrail({ sinks: [blocked], operator: [memorySink('other')], queue: { capacity: 1 } });
    trail.record(read('queued'));
    await turns();
    isBlocked = false;
    const id = await trail.write(read('now'));
    expect(blocked.events.map((event) => event.id)).toEqual([id]);
    open();
    await trail.close();
    expect(blocked.events).toHaveLength(2);
    expect(trail.stats()).toMatchObject({ written: 4 });
  });

  test('is waited for, too', async () => {
    const { opened, open } = gate();
    const slow = memorySink('slow', () => opened);
    const trail = createAuditTrail({ operator: [slow] });
    const written = trail.write(read('0'));
    const closed = trail.close();
    await turns();
    expect(slow.calls).toEqual(['write']);
    open();
    await Promise.all([written, closed]);
    expect(slow.calls).toEqual(['write', 'flush', 'close']);
  });

  test('rejects if one sink does not take it, and only after the others had their turn', async () => {
    const fine = memorySink('fine');
    const broken = functionSink(() => Promise.reject(new Error('no')), 'broken');
    const trail = createAuditTrail({ operator: [broken, fine], retries: 0, onError: () => {} });
    expect(await outcomeOf(trail.write(read('0')))).toEqual(new AuditSinkError('broken', 1));
    expect(fine.events).toHaveLength(1);
    await trail.close();
    expect(await outcomeOf(trail.write(read('1')))).toEqual(new AuditSinkError('broken', 1));
    expect(fine.events).toHaveLength(1);
  });
});

describe('close', () => {
  test('waits for everything, then flushes and closes the sinks, once', async () => {
    const { opened, open } = gate();
    const slow = memorySink('slow', () => opened, { maxBatch: 2 });
    const trail = createAuditTrail({ operator: [slow], onError: () => {} });
    for (let at = 0; at < 5; at += 1) trail.record(read(`${at}`));
    const closed = Promise.all([trail.close(), trail.close()]);
    await turns();
    expect(slow.calls).toEqual(['write']);
    open();
    await closed;
    expect(slow.calls).toEqual(['write', 'write', 'write', 'flush', 'close']);
    expect(slow.events).toHaveLength(5);
    trail.record(read('late'));
    expect(trail.stats()).toMatchObject({ written: 5, dropped: 1, queued: 0 });
  });

  test('tells a sink what it missed before it closes it', async () => {
    const { opened, open } = gate();
    const slow = memorySink('slow', () => opened);
    const trail = createAuditTrail({ operator: [slow], queue: { capacity: 1 }, onError: () => {} });
    for (const id of ['0', '1']) trail.record(read(id));
    const closed = trail.close();
    open();
    await closed;
    expect(slow.events.map(({ action }) => action)).toEqual(['project.read', 'audit.dropped']);
    expect(slow.calls.at(-1)).toBe('close');
  });

  test('refuses what comes later where nothing may be lost', async () => {
    const trail = createAuditTrail({ operator: [memorySink('sink')], queue: { overflow: 'refuse' } });
    await trail.close();
    expect(() => trail.record(read('late'))).toThrow(AuditOverflowError);
  });

  test('does not wait for ever: what is left counts as failed, and is not written afterwards', async () => {
    const clock = createFixedClock();
    const { opened, open } = gate();
    const errors: AuditSinkError[] = [];
    const hanging = memorySink('hanging', () => opened, { maxBatch: 1 });
    const trail = createAuditTrail({
      operator: [hanging],
      closeTimeoutMs: 3_000,
      sinkTimeoutMs: 10_000,
      after: clock.after,
      onError: (error) => errors.push(error),
    });
    for (const id of ['0', '1', '2']) trail.record(read(id));
    const closed = trail.close();
    await turns();
    clock.advanceMs(3_000);
    await closed;
    expect(errors).toEqual([new AuditSinkError('hanging', 3)]);
    expect(trail.stats()).toMatchObject({ queued: 0, failed: 3 });
    open();
    await turns();
    expect(hanging.calls).toEqual(['write', 'close']);
    expect(trail.stats()).toMatchObject({ queued: 0, written: 0, failed: 3 });
  });

  test('nothing is tried again afterwards, and no timer is left behind', async () => {
    const clock = createFixedClock();
    let timers = 0;
    const after = (delayMs: number, action: () => void) => {
      timers += 1;
      let isSet = true;
      const unset = () => {
        timers -= isSet ? 1 : 0;
        isSet = false;
      };
      const cancel = clock.after(delayMs, () => {
        unset();
        action();
      });
      return () => {
        unset();
        cancel();
      };
    };
    const broken = memorySink('broken', () => {
      throw new Error('no');
    });
    const terms = { closeTimeoutMs: 100, retryDelayMs: 1_000, after, onError: () => {} };
    const trail = createAuditTrail({ operator: [broken, memorySink('fine')], ...terms });
    trail.record(read('0'));
    const closed = trail.close();
    await turns();
    clock.advanceMs(100);
    await closed;
    expect(timers).toBe(1); // The pause.
    clock.advanceMs(1_000);
    await turns();
    expect([timers, broken.calls]).toEqual([0, ['write', 'close']]);
    expect(trail.stats()).toMatchObject({ written: 1, failed: 1 });
  });
});

test.each<[string, object, string]>([
  ['no sink at all', {}, 'sinks must have a sink, or operator must'],
  ['no list', { sinks: memorySink('a') }, 'sinks must be a list of sinks'],
  ['no sink', { sinks: [{ name: 'a' }] }, 'sinks[0] must have the method write'],
  ['no name', { operator: [{ write: async () => {} }] }, 'operator[0].name must be a non-empty string'],
  ['two of a name', { sinks: [memorySink('a')], operator: [memorySink('a')] }, 'sinks has two sinks of the name "a"'],
  [
    'the wrong stream',
    { operator: [memorySink('a', undefined, { stream: 'caller' })] },
    "operator[0] takes the caller's stream only, and this is the operator's",
  ],
  [
    'a batch of nothing',
    { sinks: [memorySink('a', undefined, { maxBatch: 0 })] },
    'sinks[0].maxBatch must be a whole number from 1 to 10000',
  ],
  [
    'a slip',
    { sinks: [memorySink('a')], retrys: 1 },
    'retrys is not an option; known: sinks, operator, queue, sinkTimeoutMs, retries, retryDelayMs, closeTimeoutMs, now, newId, after, onError',
  ],
  [
    'no capacity',
    { sinks: [memorySink('a')], queue: { capacity: 0 } },
    'queue.capacity must be a whole number from 1 to 10000000',
  ],
  [
    'another policy',
    { sinks: [memorySink('a')], queue: { overflow: 'block' } },
    'queue.overflow must be drop or refuse',
  ],
  ['half a retry', { sinks: [memorySink('a')], retries: 0.5 }, 'retries must be a whole number from 0 to 10'],
  ['no clock', { sinks: [memorySink('a')], now: 5 }, 'now must be a function'],
])('refuses options with %s', (_what, options, message) => {
  let thrown: unknown;
  try {
    createAuditTrail(options);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ConfigurationError);
  expect((thrown as Error).message).toBe(message);
});
