import {
  type AuditEventInput,
  createAuditTrail,
  type WorkosEvent,
  type WorkosSinkOptions,
  workosSink,
} from '@connect-auth/audit';
import { createFixedClock } from '@connect-auth/testing';
import { expect, test } from '@jest/globals';
import { org, turns } from './memory-sink.js';

interface Call {
  readonly organization: string;
  readonly event: WorkosEvent;
  readonly options: { idempotencyKey: string };
}

/** What reaches WorkOS of happenings. */
async function sent(happenings: readonly AuditEventInput[], options: Partial<WorkosSinkOptions> = {}) {
  const calls: Call[] = [];
  const createEvent: WorkosSinkOptions['createEvent'] = async (organization, event, rest) => {
    calls.push({ organization, event, options: rest });
  };
  const trail = createAuditTrail({
    sinks: [workosSink({ createEvent, ...options })],
    now: createFixedClock().now,
    onError: (error) => {
      throw error;
    },
  });
  const ids = happenings.map((happening) => trail.record(happening));
  await trail.close();
  return { calls, ids, stats: trail.stats() };
}

const happening: AuditEventInput = {
  org: org('org_a'),
  actor: { type: 'user', id: 'user_1' },
  application: { client_id: 'client_1' },
  credential: { jti_sha256: 'hash', kid: 'key_1', iat: 1, exp: 2 },
  action: 'project.read',
  decision: 'allow',
  targets: [{ type: 'project', id: '7' }],
  http: { method: 'GET', route: '/projects/:id', status: 200, request_id: 'req_1', trace_id: 'trace_1' },
  network: { ip: '203.0.113.7', user_agent: 'agent' },
  environment_id: 'production',
  details: { scope: 'a b', expires_at: 3, changed: ['name', 'scopes'] },
};

test('an event goes into the log of its organization, under its own id', async () => {
  const { calls, ids } = await sent([happening], { version: 2 });
  expect(calls).toEqual([
    {
      organization: 'org_a',
      options: { idempotencyKey: ids[0] },
      event: {
        action: 'project.read',
        version: 2,
        occurredAt: new Date('2026-01-01T12:00:00.000Z'),
        actor: { type: 'user', id: 'user_1', metadata: { client_id: 'client_1' } },
        targets: [{ type: 'project', id: '7' }],
        context: { location: '203.0.113.7', userAgent: 'agent' },
        metadata: {
          event_id: ids[0],
          decision: 'allow',
          method: 'GET',
          route: '/projects/:id',
          status: 200,
          request_id: 'req_1',
          trace_id: 'trace_1',
          jti_sha256: 'hash',
          environment_id: 'production',
          scope: 'a b',
          expires_at: 3,
          changed: 'name,scopes',
        },
      },
    },
  ]);
});

test('what has to be there is there, and what was refused has no id', async () => {
  const { network: _network, application: _application, ...bare } = happening;
  const denied = { ...bare, decision: 'deny', reason: 'org_mismatch', owner_org: 'org_b' } as const;
  const { calls } = await sent([{ ...denied, isolation: { layer: 'loader', rule: 'orgOwned' } }]);
  const [event] = calls.map((call) => call.event);
  expect(event?.context).toEqual({ location: 'unknown' });
  expect(event?.targets).toEqual([{ type: 'project', id: 'unknown' }]);
  expect(event?.actor).toEqual({ type: 'user', id: 'user_1' });
  expect(event).not.toHaveProperty('version');
  expect(event?.metadata).toMatchObject({ decision: 'deny', reason: 'not_found' });
  expect(JSON.stringify(calls)).not.toContain('org_b');
});

test('metadata is cut to what WorkOS takes, and the event never fails for it', async () => {
  const many = Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`extra_${at}`, at]));
  const metadata = () => ({
    long: `${'x'.repeat(499)}😀`,
    ['k'.repeat(60)]: true,
    absent: undefined as never,
    ...many,
  });
  const { calls, stats } = await sent([happening], { metadata });
  const written = calls[0]?.event.metadata ?? {};
  expect(Object.keys(written)).toHaveLength(50);
  expect(written.long).toBe('x'.repeat(499));
  expect(written['k'.repeat(40)]).toBe(true);
  expect(written.extra_0).toBe(0);
  expect(written).not.toHaveProperty('absent');
  expect(stats).toMatchObject({ written: 1, failed: 0 });
});

test('an event without an organization is in no log', async () => {
  const { org: _, ...withoutOrg } = happening;
  expect((await sent([withoutOrg])).calls).toEqual([]);
  // Not even where somebody gives it one past the trail.
  const sink = workosSink({ createEvent: () => Promise.reject(new Error('was called')) });
  await sink.write([{ v: 1, id: 'id', occurred_at: new Date(0).toISOString(), targets: [], ...withoutOrg }]);
});

test('of events that are sent together, only those are sent again that failed, under the same key', async () => {
  const clock = createFixedClock();
  const keys: string[] = [];
  let isDown = true;
  const createEvent: WorkosSinkOptions['createEvent'] = async (_organization, { targets }, { idempotencyKey }) => {
    keys.push(idempotencyKey);
    if (isDown && targets[0]?.id === '1') throw new Error('503');
  };
  const trail = createAuditTrail({ sinks: [workosSink({ createEvent })], after: clock.after });
  const ids = ['0', '1', '2'].map((id) => trail.record({ ...happening, targets: [{ type: 'project', id }] }));
  await turns();
  isDown = false;
  clock.advanceMs(200);
  await trail.close();
  expect(keys).toEqual([...ids, ids[1]]);
  expect(trail.stats()).toMatchObject({ written: 3, failed: 0 });
});

test("the operator's stream is not for it", () => {
  const sink = workosSink({ createEvent: async () => {} });
  expect(() => createAuditTrail({ operator: [sink] })).toThrow("operator[0] takes the caller's stream only");
});

test.each<[object, string]>([
  [{}, 'workosSink().createEvent must be a function'],
  [{ createEvent() {}, version: 0 }, 'workosSink().version must be a whole number of at least 1'],
  [{ createEvent() {}, metadata: {} }, 'workosSink().metadata must be a function'],
  [{ createEvent() {}, apiKey: 'x' }, 'workosSink().apiKey is not an option; known: createEvent, version, metadata'],
])('refuses %j', (options, message) => {
  expect(() => workosSink(options as never)).toThrow(message);
});
