import { describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { connectAuth, requireLive } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { listen } from '../wire/send-bytes.js';

const broken = new Error('a header hook threw');

/** Middleware such as session and compression hooks into the head of every answer; here the hook throws, once. */
const brokenHook: RequestHandler = (_req, res, next) => {
  const writeHead = res.writeHead;
  res.writeHead = () => {
    res.writeHead = writeHead;
    throw broken;
  };
  next();
};

/** Asks a server that breaks off all connections when the file is done: one that never answers holds nothing up. */
async function ask(app: Parameters<typeof listen>[0], headers: Record<string, string>) {
  const response = await fetch(`http://127.0.0.1:${await listen(app)}/`, { headers });
  return [response.status, await response.text()];
}

describe.each(expressVersions)('%s: an answer that cannot be written goes to the error handler', (_name, express) => {
  test('refused at once', async () => {
    const { trust } = await openIssuer();
    const { app, reached, errors } = openApi(express, brokenHook, connectAuth(trust()));
    expect(await ask(app, {})).toEqual([500, 'kept']);
    expect([reached, errors]).toEqual([[], [broken]]);
  });

  test.each(['connectAuth', 'requireLive'] as const)(
    'refused by %s after a wait',
    async (by) => {
      const { issuer, trust } = await openIssuer();
      const { app, reached, errors } = openApi(express, brokenHook, connectAuth(trust()), requireLive());
      const revoked = issuer.token();
      issuer.revoke(revoked);
      const token = by === 'connectAuth' ? issuer.flaws.tampered() : revoked;
      expect(await ask(app, bearer(token))).toEqual([500, 'kept']);
      expect([reached, errors]).toEqual([[], [broken]]);
    },
    2_000,
  );
});
