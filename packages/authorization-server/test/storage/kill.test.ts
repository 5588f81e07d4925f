import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { StorageOptions } from '../../src/index.js';
import { createMigratedDatabase } from '../kit/migrated-database.js';
import { Crash } from './crash.js';

/** PGlite is opened twice, while there is other work. */
const slow = 180_000;

interface Opened {
  readonly storage: StorageOptions;
  readonly remove: () => Promise<void>;
}

async function onPostgres(): Promise<Opened> {
  const { connectionString, drop } = await createMigratedDatabase();
  return { storage: { kind: 'postgres', connectionString }, remove: drop };
}

async function inFolder(): Promise<Opened> {
  const temporary = await mkdtemp(join(tmpdir(), 'connect-auth-'));
  const storage = { kind: 'pglite', dataDir: join(temporary, 'data') } as const;
  return { storage, remove: () => rm(temporary, { recursive: true }) };
}

function survives(open: () => Promise<Opened>): void {
  let opened: Opened;
  let crash: Crash;

  beforeAll(async () => {
    opened = await open();
    crash = new Crash(opened.storage);
    await crash.killWhileWriting();
    await crash.start();
  }, slow);

  afterAll(async () => {
    await crash?.kill();
    await opened?.remove();
  });

  test('every client secret that was shown authenticates', () => crash.expectSecrets());

  test('every access token that was issued is active', () => crash.expectTokens());

  test('no authorization code is redeemed twice', () => crash.expectCodesUsedUp());

  test('no refresh token is used twice', () => crash.expectRefreshTokensUsedUp());

  test('what was sent with an Idempotency-Key is there once, however often it is sent again', () => crash.expectOnce());
}

(await describeOnPostgres(describe, 'kill.test.ts'))('after a server on PostgreSQL was killed while it wrote', () =>
  survives(onPostgres),
);

describe('after a server on a PGlite folder was killed while it wrote', () => survives(inFolder));
