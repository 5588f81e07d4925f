import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditTrail, pinoSink } from '@connect-auth/audit';
import { describeAuth } from '@connect-auth/audit/adapter';
import { createFixedClock } from '@connect-auth/testing';
import { afterAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { full } from './full-event.js';
import { memorySink, read } from './memory-sink.js';
import { openAuths } from './verified-auth.js';

const folder = await mkdtemp(join(tmpdir(), 'connect-auth-'));
const auths = await openAuths();
afterAll(async () => {
  await rm(folder, { recursive: true });
  await auths.close();
});

/** Where a logger writes, as text and as what it says. */
function openLines() {
  const written: string[] = [];
  return {
    written,
    stream: { write: (line: string) => void written.push(line) },
    lines: () => written.map((line) => JSON.parse(line)),
  };
}

/** Lines without the time, the process and the host of whoever runs the tests. */
const plain = { base: null, timestamp: false } as const;

test('a line for each event: info for what was allowed, warn for what was not', async () => {
  const { stream, written, lines } = openLines();
  const copy = memorySink('copy');
  const trail = createAuditTrail({ operator: [pinoSink(pino(plain, stream)), copy], now: createFixedClock().now });
  trail.record(read('1'));
  trail.record(full);
  trail.record({ ...full, decision: 'error' });
  await trail.close();
  const [allowed, denied, failed] = copy.events;
  expect(lines()).toEqual([
    { level: 30, audit: allowed, msg: 'project.read' },
    { level: 40, audit: denied, msg: 'project.read' },
    { level: 40, audit: failed, msg: 'project.read' },
  ]);
  expect(written[0]).toBe(
    `{"level":30,"audit":{"v":1,"id":"${allowed?.id}","occurred_at":"2026-01-01T12:00:00.000Z",` +
      '"org":{"id":"org_a","source":"token.org_id"},"actor":{"type":"system","id":"test"},"action":"project.read",' +
      '"decision":"allow","targets":[{"type":"project","id":"1"}]},"msg":"project.read"}\n',
  );
  expect(trail.stats().sinks.pino).toEqual({ queued: 0, written: 3, dropped: 0, failed: 0 });
});

test('a child of the application’s logger keeps what that one is bound to', async () => {
  const { stream, lines } = openLines();
  const logger = pino({ ...plain, redact: ['audit.network.ip'] }, stream).child({ service: 'api' });
  const trail = createAuditTrail({ operator: [pinoSink(logger)] });
  trail.record(full);
  await trail.close();
  const { level, service, audit } = lines()[0];
  expect([level, service, audit.network.ip, audit.network.user_agent]).toEqual([40, 'api', '[Redacted]', 'agent']);
});

test('nothing of a token is in a line', async () => {
  const { stream, written, lines } = openLines();
  const trail = createAuditTrail({ operator: [pinoSink(pino({ level: 'trace' }, stream))] });
  const callers = [await auths.user('org_a'), await auths.client('org_b')];
  for (const auth of callers) trail.record({ ...describeAuth(auth), action: 'project.read', decision: 'allow' });
  await trail.close();
  expect(lines().map(({ audit }) => [audit.org.id, audit.actor.id])).toEqual(
    callers.map((auth) => [auth.orgId, auth.actor.id]),
  );
  for (const { token = '', tokenId = '' } of callers) {
    const parts = [tokenId, ...token.split('.')];
    expect(parts.filter((part) => part.length > 10)).toHaveLength(4);
    for (const part of parts) expect(written.join('')).not.toContain(part);
  }
});

test('a logger above level info leaves out what was allowed, and a child at info does not', async () => {
  const { stream, lines } = openLines();
  const quiet = pino({ level: 'warn' }, stream);
  for (const logger of [quiet, quiet.child({}, { level: 'info' })]) {
    const trail = createAuditTrail({ operator: [pinoSink(logger)] });
    trail.record(read('1'));
    trail.record(full);
    await trail.close();
  }
  expect(lines().map(({ level }) => level)).toEqual([40, 30, 40]);
});

describe('flush', () => {
  const count = async (file: string) => (existsSync(file) ? (await readFile(file, 'utf8')).split('\n').length - 1 : 0);

  test('waits until what a destination gathers is on disk, from before it was opened, too', async () => {
    const file = join(folder, 'gathered.log');
    const destination = pino.destination({ dest: file, sync: false, minLength: 16_000 });
    const trail = createAuditTrail({ operator: [pinoSink(pino(destination))] });
    for (const round of [1, 2]) {
      for (let at = 0; at < 20; at += 1) trail.record(read(`${at}`));
      await trail.flush();
      expect(await count(file)).toBe(20 * round);
    }
    const id = await trail.write(full);
    expect(await count(file)).toBe(40);
    await trail.close();
    const last = (await readFile(file, 'utf8')).trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(last).audit.id).toBe(id);
    destination.end();
  });

  test('waits for a transport, which writes in a thread of its own', async () => {
    const file = join(folder, 'transport.log');
    const transport = pino.transport({ target: 'pino/file', options: { destination: file } });
    const trail = createAuditTrail({ operator: [pinoSink(pino(transport))] });
    for (let at = 0; at < 20; at += 1) trail.record(read(`${at}`));
    await trail.flush();
    expect(await count(file)).toBe(20);
    await trail.close();
    transport.end();
    await new Promise((resolve) => transport.once('close', resolve));
  });

  test('says so where it fails: a destination that is closed has not written', async () => {
    const errors: unknown[] = [];
    const destination = pino.destination({ dest: join(folder, 'closed.log'), sync: true, minLength: 16_000 });
    const trail = createAuditTrail({
      operator: [pinoSink(pino(destination))],
      onError: (error) => void errors.push(error.cause),
    });
    trail.record(read('1'));
    await trail.flush();
    expect(errors).toEqual([]);
    destination.destroy();
    await trail.flush();
    expect(errors).toEqual([new Error('SonicBoom destroyed')]);
  });
});

test('takes a logger, with or without flush', async () => {
  const [info, warn] = [() => {}, () => {}];
  const trail = createAuditTrail({ operator: [pinoSink({ info, warn })] });
  trail.record(full);
  await trail.close();
  expect(trail.stats()).toMatchObject({ written: 1, failed: 0 });
  for (const logger of [undefined, {}, { info }]) {
    expect(() => pinoSink(logger as never)).toThrow('pinoSink() takes a logger with the methods info and warn');
  }
});
