import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type AuditEvent, createAuditTrail } from '@connect-auth/audit';
import { ConfigurationError } from '@connect-auth/core';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openAuditLog } from '../../src/options/audit-log.js';
import { describeError } from '../../src/storage/describe-error.js';
import { manage } from '../kit/client.js';
import { open } from '../oauth/open.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connect-auth-audit-'));
});

afterEach(() => rm(folder, { recursive: true }));

const event = (id: string, text = ''): AuditEvent => ({
  v: 1,
  id,
  occurred_at: '2026-01-01T00:00:00.000Z',
  action: 'organization.created',
  decision: 'allow',
  environment_id: 'default',
  actor: { type: 'system', id: 'system' },
  targets: [],
  details: { text },
});

const linesOf = (text: string): AuditEvent[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const inFile = async (file: string) => linesOf(await readFile(file, 'utf8'));

/** Where nothing is to be written. */
const nowhere = new Writable({ write: () => expect('a line').toBe('in the file') });

/** Where the system has a device that is always full; elsewhere a line says that it is left out. */
const hasFullDevice = existsSync('/dev/full');
if (!hasFullDevice) process.stdout.write('skipped, since there is no /dev/full: an audit log on a full disk\n');
const testOnFullDisk = hasFullDevice ? test : test.skip;

describe('a file', () => {
  test('that cannot be written is said at the start', () => {
    const file = join(folder, 'none', 'audit.jsonl');
    const opening = () => openAuditLog({ AUDIT_LOG: file }, nowhere);
    expect(opening).toThrow(ConfigurationError);
    expect(opening).toThrow(`AUDIT_LOG ${file} cannot be written (ENOENT)`);
    expect(() => openAuditLog({ AUDIT_LOG: folder }, nowhere)).toThrow(
      `AUDIT_LOG ${folder} cannot be written (EISDIR)`,
    );
  });

  test('is there from the start, and keeps the lines that it had', async () => {
    const file = join(folder, 'audit.jsonl');
    const earlier = openAuditLog({ AUDIT_LOG: file }, nowhere);
    expect(await readFile(file, 'utf8')).toBe('');
    await earlier.write([event('before')]);
    const sink = openAuditLog({ AUDIT_LOG: file }, nowhere);
    await sink.write([event('after')]);
    expect(await inFile(file)).toEqual([event('before'), event('after')]);
  });

  test('has the lines in the order in which it happened, long ones and short ones', async () => {
    const file = join(folder, 'audit.jsonl');
    const trail = createAuditTrail({ operator: [openAuditLog({ AUDIT_LOG: file }, nowhere)] });
    const events = Array.from({ length: 300 }, (_, at) => event(`event_${at}`, 'x'.repeat(at % 3 === 0 ? 200_000 : 1)));
    const ids = events.map((one) => trail.record(one));
    await trail.close();
    expect((await inFile(file)).map(({ id }) => id)).toEqual(ids);
  });

  test('that becomes unwritable stops no request; it is logged, and later events are written again', async () => {
    const away = join(folder, 'away');
    const place = join(folder, 'log');
    await mkdir(place);
    const file = join(place, 'audit.jsonl');
    const log: string[] = [];
    const trail = createAuditTrail({
      operator: [openAuditLog({ AUDIT_LOG: file }, nowhere)],
      retries: 0,
      onError: (error) => log.push(describeError(error)),
    });
    const server = await open({ audit: trail });
    const create = async (name: string) => {
      const { status, body } = await manage(server, 'POST', '/organizations', { name });
      expect(status).toBe(201);
      return body.id;
    };
    const first = await create('Before');
    await trail.flush();

    await rename(place, away);
    const lost = await create('Meanwhile');
    await trail.flush();
    expect(log).toEqual([
      expect.stringMatching(/did not take 1 event, because of Error: ENOENT: no such file or directory.* \(ENOENT\)/),
    ]);
    expect(log[0]).not.toContain(lost);

    await rename(away, place);
    const last = await create('After');
    await trail.flush();
    const created = (await inFile(file)).filter(({ action }) => action === 'organization.created');
    expect(created.map(({ targets }) => targets[0]?.id)).toEqual([first, last]);
    expect(log).toHaveLength(1);
    await trail.close();
  });

  testOnFullDisk('on a full disk is tried again for each event', async () => {
    const sink = openAuditLog({ AUDIT_LOG: '/dev/full' }, nowhere);
    const writings = await Promise.allSettled(['a', 'b', 'c'].map((id) => sink.write([event(id)])));
    for (const { status, ...rest } of writings) {
      expect([status, (rest as { reason?: { code: string } }).reason?.code]).toEqual(['rejected', 'ENOSPC']);
    }
  });
});

describe('a stream', () => {
  test('gets a line for each event, in order, and only where no file is named', async () => {
    let text = '';
    const stream = new Writable({
      write: (chunk, _, written) => {
        text += chunk;
        setImmediate(written);
      },
    });
    const sink = openAuditLog({ AUDIT_LOG: '' }, stream);
    const ids = Array.from({ length: 20 }, (_, at) => `event_${at}`);
    await sink.write(ids.slice(0, 7).map((id) => event(id)));
    await Promise.all(ids.slice(7).map((id) => sink.write([event(id)])));
    expect(linesOf(text)).toEqual(ids.map((id) => event(id)));
  });

  test('whose reader went away fails each event, and nothing else', async () => {
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const stream = new Writable({ write: (_chunk, _encoding, written) => written(gone) });
    const sink = openAuditLog({}, stream);
    await expect(sink.write([event('a')])).rejects.toBe(gone);
    await expect(sink.write([event('b')])).rejects.toThrow();
  });

  test('that was destroyed fails each event, and nothing else', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, written) => written() });
    const sink = openAuditLog({}, stream);
    stream.destroy();
    await expect(sink.write([event('a')])).rejects.toThrow();
    await expect(sink.write([event('b')])).rejects.toThrow();
  });
});
