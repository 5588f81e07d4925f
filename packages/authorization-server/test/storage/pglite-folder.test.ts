import { access, mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@connect-auth/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AuthorizationServer } from '../../src/index.js';
import { manage } from '../kit/client.js';
import { startProcess, type TestProcess } from './start-process.js';

/** A server on the folder, in a process of its own. */
const serve = (dataDir: string) => startProcess('serve', JSON.stringify({ storage: { kind: 'pglite', dataDir } }));

/** PGlite is opened three times. */
const slow = 180_000;

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

describe('a PGlite folder', () => {
  const started: TestProcess[] = [];
  let temporary: string;
  let folder: string;

  function start(): TestProcess {
    const process = serve(folder);
    started.push(process);
    return process;
  }

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'connect-auth-'));
    folder = join(temporary, 'deep', 'data');
  });

  afterAll(async () => {
    for (const process of started) await process.kill();
    await rm(temporary, { recursive: true });
  });

  test(
    'serves one process, keeps its data when that is killed, and is free when it was closed',
    async () => {
      const first = start();
      const server = await first.next();
      const { body: organization } = await manage(server, 'POST', '/organizations', { name: 'Kept' });

      const opening = AuthorizationServer.open({ issuer: server.issuer, storage: { kind: 'pglite', dataDir: folder } });
      await expect(opening).rejects.toThrow(
        new ConfigurationError(
          'storage.dataDir',
          `${folder} is in use by process ${first.pid} on ${hostname()}. PGlite serves one process: end that one, ask it ` +
            'over HTTP, or use PostgreSQL.',
        ),
      );
      // The one that was refused has not touched it.
      expect((await manage(server, 'GET', `/organizations/${organization.id}`)).body.name).toBe('Kept');

      await first.kill();
      expect(await isThere(`${folder}.lock`)).toBe(true);
      const second = start();
      const again = await second.next();
      expect((await manage(again, 'GET', `/organizations/${organization.id}`)).body).toEqual(organization);
      await manage(again, 'PUT', `/organizations/${organization.id}`, { name: 'Renamed' });

      second.send({ close: true });
      expect(await second.next()).toEqual({ closed: true });
      expect(await isThere(`${folder}.lock`)).toBe(false);
      const third = await start().next();
      expect((await manage(third, 'GET', `/organizations/${organization.id}`)).body.name).toBe('Renamed');
    },
    slow,
  );
});
