import { createServer } from 'node:http';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Request } from 'express';
import { connectAuth } from '../../src/index.js';
import { missingToken } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { headerOf, listen, sendBytes, statusesOf } from './send-bytes.js';

let world: OpenIssuer;
let token: string;
beforeAll(async () => {
  world = await openIssuer();
  token = world.issuer.token({ org: 'org_B' });
});

const lines = (...parts: string[]) => `${parts.join('\r\n')}\r\n\r\n`;
const head = (...more: string[]) => lines('GET /projects HTTP/1.1', 'Host: api.test', 'Connection: close', ...more);

describe.each(expressVersions)('%s', (_name, express) => {
  let port: number;
  let reached: Request[];
  beforeAll(async () => {
    const api = openApi(express, connectAuth(world.trust()));
    reached = api.reached;
    port = await listen(api.app);
  });

  /** What is sent, the status of each answer, and how often the handler is reached. */
  async function ask(...bytes: string[]) {
    const before = reached.length;
    const received = await sendBytes(port, ...bytes);
    return { statuses: statusesOf(received), reached: reached.length - before, received };
  }

  test('sent as it should be: 200', async () => {
    expect(await ask(head(`Authorization: Bearer ${token}`))).toMatchObject({ statuses: [200], reached: 1 });
  });

  test.each<[form: string, headers: () => string[]]>([
    ['two good headers', () => [`Authorization: Bearer ${token}`, `Authorization: Bearer ${token}`]],
    ['two headers in different spellings', () => [`Authorization: Bearer ${token}`, `AUTHORIZATION: Bearer ${token}`]],
    ['Basic before Bearer', () => ['Authorization: Basic YTpi', `Authorization: Bearer ${token}`]],
    ['Bearer before Basic', () => [`Authorization: Bearer ${token}`, 'Authorization: Basic YTpi']],
    ['an empty header before Bearer', () => ['Authorization:', `Authorization: Bearer ${token}`]],
    ['two credentials in one header', () => [`Authorization: Bearer ${token}, Bearer ${token}`]],
    ['a second scheme behind the token', () => [`Authorization: Bearer ${token} Bearer ${token}`]],
    ['a byte beyond ASCII behind the token', () => [`Authorization: Bearer ${token}\xe9`]],
    ['a no-break space before the token', () => [`Authorization: Bearer \xa0${token}`]],
    ['a tab before the token', () => [`Authorization: Bearer\t${token}`]],
  ])('%s: 400 invalid_request by this package, and the handler is not reached', async (_form, headers) => {
    const { received, ...outcome } = await ask(head(...headers()));
    expect(outcome).toEqual({ statuses: [400], reached: 0 });
    expect(headerOf(received, 'WWW-Authenticate')).toMatch(/^Bearer realm="api", error="invalid_request", /);
  });

  test.each<[form: string, bytes: () => string]>([
    ['a space before the colon', () => head(`Authorization : Bearer ${token}`)],
    ['a null byte in the value', () => head(`Authorization: Bearer ${token}\0`)],
    ['a bare carriage return in the value', () => head(`Authorization: Bearer\r${token}`)],
    [
      'Content-Length and Transfer-Encoding',
      () =>
        lines(
          'POST / HTTP/1.1',
          'Host: a',
          `Authorization: Bearer ${token}`,
          'Content-Length: 4',
          'Transfer-Encoding: chunked',
        ),
    ],
    [
      'two lengths',
      () =>
        lines('POST / HTTP/1.1', 'Host: a', `Authorization: Bearer ${token}`, 'Content-Length: 4', 'Content-Length: 5'),
    ],
    ['no Host', () => lines('GET / HTTP/1.1', `Authorization: Bearer ${token}`)],
    ['a head larger than Node.js takes', () => head(`Authorization: Bearer ${'a'.repeat(20_000)}`)],
  ])('%s: refused by Node.js, and the handler is not reached', async (_form, bytes) => {
    const { statuses, reached: times } = await ask(bytes());
    expect(statuses).toHaveLength(1);
    expect([400, 431]).toContain(statuses[0]);
    expect(times).toBe(0);
  });

  test.each<[place: string, bytes: () => string]>([
    [
      'a trailer',
      () =>
        `${lines('POST / HTTP/1.1', 'Host: a', 'Connection: close', 'Transfer-Encoding: chunked', 'Trailer: Authorization')}0\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    ],
    [
      'the body',
      () =>
        `${lines('POST / HTTP/1.1', 'Host: a', 'Connection: close', `Content-Length: ${token.length + 22}`)}Authorization: Bearer ${token}`,
    ],
    [
      'a header of another name',
      () =>
        head(`Authorization-: Bearer ${token}`, `XAuthorization: Bearer ${token}`, `Authorization_: Bearer ${token}`),
    ],
    [
      'the user part of the target',
      () => lines(`GET http://user:${token}@api.test/ HTTP/1.1`, 'Host: api.test', 'Connection: close'),
    ],
  ])('a good token in %s counts as no token: 401', async (_place, bytes) => {
    const { received, ...outcome } = await ask(bytes());
    expect(outcome).toEqual({ statuses: [401], reached: 0 });
    expect(headerOf(received, 'WWW-Authenticate')).toBe(missingToken.challenge);
  });

  test('a target in absolute form: judged like any other, its query included', async () => {
    const absolute = (query: string) =>
      lines(
        `GET http://api.test/projects${query} HTTP/1.1`,
        'Host: api.test',
        'Connection: close',
        `Authorization: Bearer ${token}`,
      );
    expect(await ask(absolute(''))).toMatchObject({ statuses: [200], reached: 1 });
    expect(await ask(absolute('?access_token=a'))).toMatchObject({ statuses: [400], reached: 0 });
  });

  test('a token larger than 16 KiB, where Node.js takes such a head: 400 invalid_request', async () => {
    const { app, reached: times } = openApi(express, connectAuth(world.trust()));
    const large = await listen(createServer({ maxHeaderSize: 65_536 }, app));
    const received = await sendBytes(large, head(`Authorization: Bearer ${'a'.repeat(16_385)}`));
    expect(statusesOf(received)).toEqual([400]);
    expect(headerOf(received, 'WWW-Authenticate')).toMatch(/error="invalid_request"/);
    expect(times).toEqual([]);
  });
});
