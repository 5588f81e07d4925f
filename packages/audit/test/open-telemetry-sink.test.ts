import { type AuditEventInput, createAuditTrail, openTelemetrySink } from '@connect-auth/audit';
import { createFixedClock } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import { SeverityNumber } from '@opentelemetry/api-logs';
import {
  BatchLogRecordProcessor,
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { full } from './full-event.js';
import { actor, read } from './memory-sink.js';

/** What is exported of happenings. */
async function exported(happenings: readonly AuditEventInput[], options: { organizationAttribute?: string } = {}) {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  const trail = createAuditTrail({
    operator: [openTelemetrySink({ logger: provider.getLogger('audit', '1.0.0'), ...options })],
    now: createFixedClock().now,
  });
  const ids = happenings.map((happening) => trail.record(happening));
  await trail.close();
  await provider.forceFlush();
  const records = exporter.getFinishedLogRecords();
  await provider.shutdown();
  return { ids, records };
}

test('a record with the names of the conventions, where they have one', async () => {
  const { ids, records } = await exported([full]);
  expect(records).toHaveLength(1);
  const [record] = records;
  expect(record).toMatchObject({
    hrTime: [Date.parse('2026-01-01T12:00:00.000Z') / 1000, 0],
    severityNumber: SeverityNumber.WARN,
    severityText: 'WARN',
    body: 'project.read',
    instrumentationScope: { name: 'audit', version: '1.0.0' },
    droppedAttributesCount: 0,
  });
  expect(record?.attributes).toEqual({
    'app.audit.id': ids[0],
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
    'app.audit.environment_id': 'production',
    'app.audit.details.scope': 'a b',
    'app.audit.details.expires_at': 3,
    'app.audit.details.changed': ['name', 'scopes'],
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
  });
});

test('as severe as what was decided, and in its order', async () => {
  const { ids, records } = await exported([read('1'), full, { ...full, decision: 'error' }]);
  expect(records.map(({ attributes }) => attributes['app.audit.id'])).toEqual(ids);
  expect(records.map(({ severityNumber, severityText }) => [severityNumber, severityText])).toEqual([
    [SeverityNumber.INFO, 'INFO'],
    [SeverityNumber.WARN, 'WARN'],
    [SeverityNumber.ERROR, 'ERROR'],
  ]);
});

test('no attribute for what an event does not have, and no end user where none acts', async () => {
  const { ids, records } = await exported([{ actor, action: 'a.b', decision: 'error' }]);
  expect(records[0]?.attributes).toEqual({
    'app.audit.id': ids[0],
    'app.audit.action': 'a.b',
    'app.audit.decision': 'error',
    'app.audit.actor.type': 'system',
    'app.audit.actor.id': 'test',
  });
});

test('the organization under the name that one chooses', async () => {
  const { records } = await exported([full], { organizationAttribute: 'tenant.id' });
  expect(records[0]?.attributes).toHaveProperty(['tenant.id'], 'org_a');
  expect(records[0]?.attributes).not.toHaveProperty(['app.organization.id']);
});

describe('records that are held back for a batch', () => {
  const openBatch = () => {
    const exporter = new InMemoryLogRecordExporter();
    const processor = new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 2 ** 31 - 1 });
    return {
      provider: new LoggerProvider({ processors: [processor] }),
      count: () => exporter.getFinishedLogRecords().length,
    };
  };

  test('are out when the trail is flushed, and when it is closed', async () => {
    const { provider, count } = openBatch();
    const logger = provider.getLogger('audit');
    const trail = createAuditTrail({ operator: [openTelemetrySink({ logger, flush: () => provider.forceFlush() })] });
    trail.record(read('1'));
    await trail.flush();
    expect(count()).toBe(1);
    trail.record(read('2'));
    await trail.close();
    expect(count()).toBe(2);
    await provider.shutdown();
  });

  test('are not waited for by a sink that cannot ask for them', async () => {
    const { provider, count } = openBatch();
    const trail = createAuditTrail({ operator: [openTelemetrySink({ logger: provider.getLogger('audit') })] });
    trail.record(read('1'));
    await trail.close();
    expect(count()).toBe(0);
    await provider.forceFlush();
    expect(count()).toBe(1);
    await provider.shutdown();
  });
});

const logger = { emit() {} };
test.each<[object, string]>([
  [{}, 'openTelemetrySink().logger must have the method emit'],
  [{ logger, organizationAttribute: '' }, 'openTelemetrySink().organizationAttribute must be a non-empty string'],
  [{ logger, flush: true }, 'openTelemetrySink().flush must be a function'],
  [{ logger, org: 'x' }, 'openTelemetrySink().org is not an option; known: logger, organizationAttribute, flush'],
])('refuses %j', (options, message) => {
  expect(() => openTelemetrySink(options as never)).toThrow(message);
});
