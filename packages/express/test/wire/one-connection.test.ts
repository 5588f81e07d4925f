import { beforeAll, describe, expect, test } from '@jest/globals';
import { connectAuth, currentAuth } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { listen, sendBytes, statusesOf } from './send-bytes.js';

let world: OpenIssuer;
let token: string;
beforeAll(async () => {
  world = await openIssuer();
  token = world.issuer.token({ org: 'org_B' });
});

const get = (...more: string[]) => `${['GET / HTTP/1.1', 'Host: api.test', ...more].join('\r\n')}\r\n\r\n`;
const post = (...more: string[]) => get(...more).replace('GET', 'POST');
const good = () => `Authorization: Bearer ${token}`;
const last = 'Connection: close';

describe.each(expressVersions)('%s', (_name, express) => {
  test('each request is judged by its own header alone', async () => {
    const { app, reached } = openApi(express, connectAuth(world.trust()));
    const bad = 'Authorization: Bearer garbage';
    const received = await sendBytes(await listen(app), get(good()), get(), get(good()), get(bad), get(last));
    expect({ statuses: statusesOf(received), reached: reached.length }).toEqual({
      statuses: [200, 401, 200, 401, 401],
      reached: 2,
    });
  });

  test('a request as nobody between two with a token is as nobody, to currentAuth() as well', async () => {
    const seen: Record<string, unknown[]> = {};
    const { app } = openApi(express, connectAuth.optional(world.trust()), (req, _res, next) => {
      const orgIds: unknown[] = [req.auth?.orgId];
      try {
        orgIds.push(currentAuth().orgId);
      } catch {
        orgIds.push('nobody');
      }
      seen[String(req.headers['x-name'])] = orgIds;
      next();
    });
    const port = await listen(app);
    const expected = { first: ['org_B', 'org_B'], second: [undefined, 'nobody'], third: ['org_B', 'org_B'] };
    for (const _state of ['cold', 'warm']) {
      await sendBytes(port, get('X-Name: first', good()), get('X-Name: second'), get('X-Name: third', good(), last));
      expect(seen).toEqual(expected);
      for (const name of Object.keys(seen)) delete seen[name];
    }
  });

  test('a request that hides in the body of one with a token is a body, and no request', async () => {
    const { app, reached } = openApi(express, connectAuth(world.trust()));
    const hidden = get('X-Hidden: yes');
    const received = await sendBytes(
      await listen(app),
      post(good(), `Content-Length: ${hidden.length}`),
      hidden,
      get(last),
    );
    expect({ statuses: statusesOf(received), reached: reached.length }).toEqual({ statuses: [200, 401], reached: 1 });
  });

  test('a request that follows one with a token does not borrow it, whatever the first says of its length', async () => {
    const { app, reached } = openApi(express, connectAuth(world.trust()));
    const port = await listen(app);
    for (const length of ['Content-Length: 0', 'X-Length: none']) {
      const received = await sendBytes(port, post(good(), length), get(), get(last));
      expect(statusesOf(received)).toEqual([200, 401, 401]);
    }
    expect(reached).toHaveLength(2);
  });
});
