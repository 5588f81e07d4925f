import { createServer } from 'node:http';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { headerOf, listen, sendBytes, statusesOf } from '../../../express/test/wire/send-bytes.js';
import { answerOf, invalidRequest, missingToken } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms, portOf } from '../open-nest.js';
import { openProjects } from '../open-projects.js';

describe.each(platforms)('%s', (platform) => {
  let world: OpenIssuer;
  let nest: Awaited<ReturnType<typeof openProjects>>;
  let token: string;
  beforeAll(async () => {
    world = await openIssuer();
    nest = await openProjects(platform, { ...world.trust(), global: true });
    token = world.issuer.token();
    await nest.http.get('/projects').set(bearer(token)).expect(200); // It is good, and known from now on.
    nest.reached.length = 0;
  });

  test.each([
    ['no header', {}],
    ['an empty header', { authorization: '' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['a scheme that only begins like it', { authorization: 'BearerToken abc' }],
  ])('%s: 401 without an error code, and the handler is not reached', async (_what, headers) => {
    expect(answerOf(await nest.http.get('/projects').set(headers))).toEqual(missingToken);
    expect(nest.reached).toEqual([]);
  });

  test.each([
    ['the scheme alone', () => 'Bearer'],
    ['two tokens', () => `Bearer ${token} ${token}`],
    ['a comma', () => `Bearer ${token}, Bearer ${token}`],
    ['quotes', () => `Bearer "${token}"`],
    ['a parameter', () => `Bearer token=${token}!`],
  ])('a header with %s: 400, and the handler is not reached', async (_what, header) => {
    expect(answerOf(await nest.http.get('/projects').set({ authorization: header() }))).toEqual(invalidRequest);
    expect(nest.reached).toEqual([]);
  });

  test('two Authorization headers: 400, whichever of them is good', async () => {
    const good = `Authorization: Bearer ${token}`;
    for (const [first, second] of [
      [good, good],
      [good, 'authorization: Bearer garbage'],
      ['AUTHORIZATION: Bearer garbage', good],
      [good, 'Authorization: Basic YTpi'],
    ]) {
      const head = ['GET /projects HTTP/1.1', 'Host: api.test', first, second, 'Connection: close'];
      const received = await sendBytes(portOf(nest.app), `${head.join('\r\n')}\r\n\r\n`);
      expect([
        statusesOf(received),
        headerOf(received, 'www-authenticate'),
        headerOf(received, 'cache-control'),
      ]).toEqual([[400], invalidRequest.challenge, 'no-store']);
    }
    expect(nest.reached).toEqual([]);
  });

  test('a token of more than 16 KiB, where Node.js lets such a header in: 400', async () => {
    const handle = nest.app.getHttpAdapter().getInstance();
    const server = createServer({ maxHeaderSize: 65_536 }, platform === 'Express' ? handle : handle.routing);
    const authorization = `Authorization: Bearer ${'a'.repeat(16_385)}`;
    const head = ['GET /projects HTTP/1.1', 'Host: api.test', authorization, 'Connection: close'];
    const received = await sendBytes(await listen(server), `${head.join('\r\n')}\r\n\r\n`);
    expect([statusesOf(received), headerOf(received, 'www-authenticate')]).toEqual([[400], invalidRequest.challenge]);
    expect(nest.reached).toEqual([]);
  });

  test('a token in the query beside the one in the header: 400; alone it counts for nothing', async () => {
    for (const query of ['access_token=abc', 'a=b&access_token=', 'access%5Ftoken=abc']) {
      const answer = await nest.http.get(`/projects?${query}`).set(bearer(token));
      expect(answerOf(answer)).toEqual(invalidRequest);
    }
    expect(answerOf(await nest.http.get(`/projects?access_token=${token}`))).toEqual(missingToken);
    expect(nest.reached).toEqual([]);
  });
});
