import { setImmediate } from 'node:timers/promises';
import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import request from 'supertest';
import { connectAuth, currentAuth, requireLive, requireScopes } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { listen } from '../wire/send-bytes.js';

/** A service that knows nothing of requests, and asks who it works for after every kind of wait. */
async function callerAfterWaits(): Promise<unknown[]> {
  const seen = [currentAuth().orgId];
  await null;
  seen.push(currentAuth().orgId);
  await setImmediate();
  seen.push(currentAuth().orgId);
  seen.push(await new Promise<string | undefined>((resolve) => setTimeout(() => resolve(currentAuth().orgId), 0)));
  seen.push(await new Promise<string | undefined>((resolve) => process.nextTick(() => resolve(currentAuth().orgId))));
  seen.push(...(await Promise.all([1, 2].map(async () => currentAuth().orgId))));
  return seen;
}

const answerCaller: RequestHandler = (req, res, next) => {
  callerAfterWaits().then((seen) => res.json({ seen, own: req.auth.orgId, body: req.body }), next);
};

const outside = new ConfigurationError('currentAuth()', 'was called outside a request whose token was verified');

test('outside a request it throws', () => {
  expect(() => currentAuth()).toThrow(outside);
});

describe.each(expressVersions)('%s', (_name, express) => {
  test('in a service, after every kind of wait, it is the caller of the request', async () => {
    const { issuer, trust } = await openIssuer();
    const app = express();
    app.use(connectAuth(trust()), requireScopes('projects:read'), requireLive(), answerCaller);
    const { body } = await request(app)
      .get('/')
      .set(bearer(issuer.token({ org: 'org_B' })));
    expect(body).toEqual({ seen: Array(7).fill('org_B'), own: 'org_B' });
  });

  test('behind a body parser it is the caller of the request', async () => {
    const { issuer, trust } = await openIssuer();
    const app = express();
    app.use(connectAuth(trust()), express.json(), answerCaller);
    const sent = { text: 'x'.repeat(80_000) };
    const { body } = await request(app)
      .post('/')
      .set(bearer(issuer.token({ org: 'org_B' })))
      .send(sent);
    expect(body).toEqual({ seen: Array(7).fill('org_B'), own: 'org_B', body: sent });
  });

  test('before connectAuth, and once the answer is sent, it throws', async () => {
    const { issuer, trust } = await openIssuer();
    const thrown: unknown[] = [];
    const tryIt = () => {
      try {
        thrown.push(currentAuth().orgId);
      } catch (error) {
        thrown.push(error);
      }
    };
    const app = express();
    app.use((_req, _res, next) => {
      tryIt();
      next();
    }, connectAuth(trust()));
    app.use((_req, res) => res.send('ok'));
    await request(app).get('/').set(bearer(issuer.token()));
    tryIt();
    expect(thrown).toEqual([outside, outside]);
  });

  test('200 requests of 10 organizations at once: each sees its own and nobody else’s', async () => {
    const { issuer, trust } = await openIssuer();
    const app = express();
    app.use(connectAuth(trust()), requireScopes('projects:read'), requireLive(), express.json(), answerCaller);
    const port = await listen(app);
    const release = issuer.hold('introspection');
    const tokens = Array.from({ length: 10 }, (_, at) => issuer.token({ org: `org_${at}` }));
    const asking = Array.from({ length: 200 }, async (_, at) => {
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: { ...bearer(tokens[at % 10] as string), 'content-type': 'application/json' },
        body: JSON.stringify({ at }),
      });
      return [response.status, await response.json()];
    });
    await issuer.whenInFlight('introspection', 10);
    release();
    const expected = Array.from({ length: 200 }, (_, at) => {
      const own = `org_${at % 10}`;
      return [200, { seen: Array(7).fill(own), own, body: { at } }];
    });
    expect(await Promise.all(asking)).toEqual(expected);
  });
});
