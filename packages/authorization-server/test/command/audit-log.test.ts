import { once } from 'node:events';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { freePort } from '@connect-auth/test-kit/free-port';
import { until } from '@connect-auth/test-kit/until';
import { expect, test } from '@jest/globals';
import { createPlace, run } from './run-command.js';
import { serveProcess } from './run-process.js';

/** The server of the command, on PGlite in a folder of its own, with an API key. */
async function open(env: Record<string, string> = {}) {
  const port = String(await freePort());
  const place = await createPlace({ PORT: port, API_KEY: 'sk_audit', ...env });
  await run(['migrate'], place.env);
  const server = await serveProcess(place.env);
  return {
    ...server,
    create: async (name: string) => {
      const { status } = await fetch(`http://127.0.0.1:${port}/organizations`, {
        method: 'POST',
        headers: { authorization: 'Bearer sk_audit', 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      });
      return status;
    },
  };
}

async function destroy(stream: Readable | null): Promise<void> {
  await Promise.all([once(stream as Readable, 'close'), stream?.destroy()]);
}

test.each(['serve', 'keys rotate', 'api-key create ci', 'seed seed.json'])(
  '%s says in a line that its AUDIT_LOG cannot be written',
  async (words) => {
    const { folder, env } = await createPlace();
    await writeFile(join(folder, 'seed.json'), '{}');
    const file = join(folder, 'none', 'audit.jsonl');
    const { code, stdout, stderr } = await run(words.replace('seed.json', join(folder, 'seed.json')).split(' '), {
      ...env,
      AUDIT_LOG: file,
    });
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: `AUDIT_LOG ${file} cannot be written (ENOENT)\n`,
    });
  },
);

test('serve outlives the reader of its standard output, logs what it could not write, and ends well', async () => {
  const server = await open();
  await destroy(server.child.stdout);
  for (const name of ['a', 'b', 'c', 'd']) expect(await server.create(name)).toBe(201);
  expect(server.child.exitCode).toBeNull();
  const { stderr } = await server.stop();
  expect(server.child.signalCode).toBe('SIGTERM');
  const said = /^error: AuditSinkError: .* did not take (\d+) events?, because of Error: write EPIPE/gm;
  const lost = [...stderr.matchAll(said)].map(([, count]) => Number(count));
  expect(lost.reduce((sum, count) => sum + count, 0)).toBe(4);
});

test('serve outlives the reader of all that it prints', async () => {
  const server = await open();
  await destroy(server.child.stdout);
  await destroy(server.child.stderr);
  for (const name of ['a', 'b', 'c', 'd']) expect(await server.create(name)).toBe(201);
  await server.stop();
  expect(server.child.signalCode).toBe('SIGTERM');
});

test('serve outlives its AUDIT_LOG, logs what it could not write, and writes again when it can', async () => {
  const { folder: place } = await createPlace();
  const away = `${place}-away`;
  const file = join(place, 'audit.jsonl');
  const server = await open({ AUDIT_LOG: file });
  const created = async () =>
    (await readFile(file, 'utf8')).split('\n').filter((line) => line.includes('organization.created'));
  expect(await server.create('before')).toBe(201);
  // A request is answered before its event is written.
  await until(async () => (await created()).length === 1);
  await rename(place, away);
  expect(await server.create('meanwhile')).toBe(201);
  await until(() => server.printed().stderr.includes('ENOENT'));
  await rename(away, place);
  expect(await server.create('after')).toBe(201);
  await server.stop();
  expect(server.child.signalCode).toBe('SIGTERM');
  expect(await created()).toHaveLength(2);
});
