import { type AuditEvent, createAuditTrail, functionSink, openTelemetrySink, pinoSink } from '@connect-auth/isolation';
import { createFixedClock } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import { actor, memorySink, org, read } from './memory-sink.js';

const full = {
  org: org('org_a'),
  actor: { type: 'user', id: 'user_1' },
  application: { client_id: 'client_1' },
  credential: { jti_sha256: 'hash', kid: 'key_1', iat: 1, exp: 2 },
  action: 'project.read',
  decision: 'deny',
  reason: 'org_mismatch',
  targets: [{ type: 'project', id: '7' }],
  http: {
    method: 'GET',
    route: '/projects/:id',
    status: 404,
    request_id: 'req_1',
    trace_id: 'trace_1',
    duration_ms: 3,
  },
  network: { ip: '203.0.113.7', user_agent: 'agent' },
  isolation: { layer: 'loader', rule: 'orgOwned' },
  cross_org: { orgs: ['org_a', 'org_b'], grant: 'g', reason: 'r' },
  owner_org: 'org_b',
} as const;

test('a function gets one event after the other, and each again that it failed on', async () => {
  const taken: AuditEvent[] = [];
  let failures = 1;
  const sink = functionSink(async (event) => {
    taken.push(event);
    if (event.targets[0]?.id === '1' && failures-- > 0) throw new Error('no');
  }, 'mine');
  const trail = createAuditTrail({ operator: [sink], retryDelayMs: 0 });
  for (const id of ['0', '1', '2']) trail.record(read(id));
  await trail.close();
  expect(taken.map(({ targets }) => targets[0]?.id)).toEqual(['0', '1', '1', '2']);
  expect(trail.stats().sinks.mine).toEqual({ queued: 0, written: 3, dropped: 0, failed: 0 });
});

test('a function sink takes a function', () => {
  expect(() => functionSink('log' as never)).toThrow('functionSink() takes a function');
  expect(() => functionSink(() => {}, '')).toThrow('functionSink().name must be a non-empty string');
});

describe('pino', () => {
  const openLogger = () => {
    const lines: [string, object, string][] = [];
    const calls: string[] = [];
    return {
      lines,
      calls,
      logger: {
        info: (fields: object, message: string) => void lines.push(['info', fields, message]),
        warn: (fields: object, message: string) => void lines.push(['warn', fields, message]),
        flush: (done?: (error?: Error) => void) => {
          calls.push('flush');
          done?.();
        },
      },
    };
  };

  test('a line for each event: info for what was allowed, warn for what was not', async () => {
    const { lines, calls, logger } = openLogger();
    const copy = memorySink('copy');
    const trail = createAuditTrail({ operator: [pinoSink(logger), copy] });
    trail.record(read('1'));
    trail.record(full);
    trail.record({ ...full, decision: 'error' });
    await trail.close();
    const [allowed, denied, failed] = copy.events;
    expect(lines).toEqual([
      ['info', { audit: allowed }, 'project.read'],
      ['warn', { audit: denied }, 'project.read'],
      ['warn', { audit: failed }, 'project.read'],
    ]);
    expect(calls).toEqual(['flush']);
  });

  test('takes a logger, with or without flush', async () => {
    const { info, warn } = openLogger().logger;
    const trail = createAuditTrail({ operator: [pinoSink({ info, warn })] });
    await trail.close();
    for (const logger of [undefined, {}, { info }]) {
      expect(() => pinoSink(logger as never)).toThrow('pinoSink() takes a logger with the methods info and warn');
    }
  });
});

describe('OpenTelemetry', () => {
  const emitted = async (options: object = {}, happening: Parameters<typeof record>[1] = full) => {
    const records: { attributes: object }[] = [];
    const logger = { emit: (record: { attributes: object }) => void records.push(record) };
    const trail = createAuditTrail({
      operator: [openTelemetrySink({ logger, ...options })],
      now: createFixedClock().now,
    });
    const id = record(trail, happening);
    await trail.close();
    return { id, record: records[0] };
  };
  const record = (trail: ReturnType<typeof createAuditTrail>, happening: Parameters<typeof trail.record>[0]) =>
    trail.record(happening);

  test('a record with the names of the conventions, where they have one', async () => {
    const { id, record: written } = await emitted();
    expect(written).toEqual({
      timestamp: new Date('2026-01-01T12:00:00.000Z'),
      severityNumber: 13,
      severityText: 'WARN',
      body: 'project.read',
      attributes: {
        'app.audit.id': id,
        'app.audit.action': 'project.read',
        'app.audit.decision': 'deny',
        'app.audit.reason': 'org_mismatch',
        'app.audit.actor.type': 'user',
        'app.audit.actor.id': 'user_1',
        'enduser.id': 'user_1',
        'app.organization.id': 'org_a',
        'app.client.id': 'client_1',
        'app.credential.jti_sha256': 'hash',
        'app.credential.kid': 'key_1',
        'app.audit.targets': ['project:7'],
        'app.audit.owner_org': 'org_b',
        'app.audit.request_id': 'req_1',
        'app.audit.trace_id': 'trace_1',
        'app.audit.duration_ms': 3,
        'app.isolation.layer': 'loader',
        'app.isolation.rule': 'orgOwned',
        'app.cross_org.orgs': ['org_a', 'org_b'],
        'app.cross_org.grant': 'g',
        'app.cross_org.reason': 'r',
        'http.request.method': 'GET',
        'http.route': '/projects/:id',
        'http.response.status_code': 404,
        'client.address': '203.0.113.7',
        'user_agent.original': 'agent',
      },
    });
  });

  test('no attribute for what an event does not have, and no end user where none acts', async () => {
    const { id, record: written } = await emitted({}, { actor, action: 'a.b', decision: 'error' });
    expect(written).toMatchObject({ severityNumber: 17, severityText: 'ERROR' });
    expect(written?.attributes).toEqual({
      'app.audit.id': id,
      'app.audit.action': 'a.b',
      'app.audit.decision': 'error',
      'app.audit.actor.type': 'system',
      'app.audit.actor.id': 'test',
    });
  });

  test('the organization under the name that one chooses', async () => {
    const { record: written } = await emitted({ organizationAttribute: 'tenant.id' });
    expect(written?.attributes).toHaveProperty(['tenant.id'], 'org_a');
    expect(written?.attributes).not.toHaveProperty(['app.organization.id']);
  });

  test.each<[object, string]>([
    [{}, 'openTelemetrySink().logger must have the method emit'],
    [
      { logger: { emit() {} }, organizationAttribute: '' },
      'openTelemetrySink().organizationAttribute must be a non-empty string',
    ],
    [
      { logger: { emit() {} }, org: 'x' },
      'openTelemetrySink().org is not an option; known: logger, organizationAttribute',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => openTelemetrySink(options as never)).toThrow(message);
  });
});
