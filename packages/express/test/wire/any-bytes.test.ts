import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Request } from 'express';
import fc from 'fast-check';
import { connectAuth } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { listen, sendBytes, statusesOf } from './send-bytes.js';

let world: OpenIssuer;
let token: string;
beforeAll(async () => {
  world = await openIssuer();
  token = world.issuer.token();
});

const anyBytes = fc.uint8Array({ maxLength: 64 });
const largeBytes = fc
  .tuple(fc.constantFrom('Bearer ', 'Bearer a.', 'bearer eyJ', ''), fc.integer({ min: 1_000, max: 20_000 }))
  .map(([start, length]) => Buffer.from(start + 'a'.repeat(length)));
const tokenLike = fc
  .stringMatching(/^[Bb][Ee]arer +[\w\-+/=~.]{0,200}$/, { maxLength: 200 })
  .map((text) => Buffer.from(text, 'latin1'));
const prefixed = fc
  .tuple(fc.constantFrom('Bearer ', 'bearer  ', 'Bearer', 'Bearer\t', 'Basic '), anyBytes)
  .map(([scheme, bytes]) => Buffer.concat([Buffer.from(scheme), bytes]));

/** The good token with one byte changed, one left out or one too many. */
const spoiled = fc
  .tuple(fc.constantFrom('change', 'drop', 'insert'), fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat({ max: 255 }))
  .map(([how, place, flip, byte]) => {
    const good = Buffer.from(token);
    const at = place % good.length;
    const [before, after] = [good.subarray(0, at), good.subarray(at + 1)];
    if (how === 'drop') return Buffer.concat([Buffer.from('Bearer '), before, after]);
    const own = good.readUInt8(at);
    if (how === 'change') return Buffer.concat([Buffer.from('Bearer '), before, Buffer.from([own ^ flip]), after]);
    return Buffer.concat([Buffer.from('Bearer '), before, Buffer.from([byte]), good.subarray(at)]);
  });

const isGood = (value: Uint8Array) =>
  new RegExp(`^[ \\t]*bearer +${token.replaceAll('.', '\\.')}[ \\t]*(?:\\r?\\n|$)`, 'i').test(
    Buffer.from(value).toString('latin1'),
  );

describe.each(expressVersions)('%s', (_name, express) => {
  test('whatever bytes the Authorization header holds: always an answer, and never the handler', async () => {
    const { app, reached, errors }: { app: object; reached: Request[]; errors: unknown[] } = openApi(
      express,
      connectAuth(world.trust()),
    );
    const port = await listen(app as Parameters<typeof listen>[0]);
    const seen = new Set<number>();

    await fc.assert(
      fc.asyncProperty(fc.oneof(anyBytes, prefixed, tokenLike, spoiled, largeBytes), async (value) => {
        fc.pre(!isGood(value));
        const received = await sendBytes(
          port,
          'GET /projects HTTP/1.1\r\nHost: api.test\r\nConnection: close\r\nAuthorization: ',
          value,
          '\r\n\r\n',
        );
        const [status = 0, ...more] = statusesOf(received);
        seen.add(status);
        expect([400, 401, 431]).toContain(status);
        expect(more.filter((each) => each !== 400)).toEqual([]);
        expect(received.includes('WWW-Authenticate: Bearer realm="api"')).toBe(
          received.includes('application/problem+json'),
        );
        expect([reached, errors]).toEqual([[], []]);
      }),
      { seed: 20260101, numRuns: 300 },
    );

    expect([...seen].sort()).toEqual([400, 401, 431]);
    const received = await sendBytes(
      port,
      `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    expect(statusesOf(received)).toEqual([200]);
    expect(reached).toHaveLength(1);
  });
});
