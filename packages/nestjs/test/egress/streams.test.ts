import { Readable } from 'node:stream';
import { findCurrentOrg } from '@connect-auth/isolation';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, HttpCode, type MessageEvent, Post, Sse, StreamableFile } from '@nestjs/common';
import { defer, from, map, type Observable, Subject, take } from 'rxjs';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms, portOf } from '../open-nest.js';
import { callerOf } from '../organization/open-controllers.js';
import { openLeaky } from './open-leaky.js';
import { receiveEvents } from './receive-events.js';

const leakingFile = JSON.stringify({ org_id: 'org_B' });

/** What is told to everybody who listens, by whoever has something to tell. */
const news = new Subject<MessageEvent>();
let begin = () => {};
/** Done once somebody listens from now on. */
const someoneListens = () =>
  new Promise<void>((resolve) => {
    begin = resolve;
  });

@Controller()
class RootController {
  @Get('file')
  file() {
    // As the clients of object stores give, with what they know beside the bytes.
    const stream = Object.assign(Readable.from([leakingFile]), { metadata: { org_id: 'org_B' } });
    return new StreamableFile(stream, { type: 'application/json' });
  }

  @Get('bytes')
  bytes() {
    return new StreamableFile(Buffer.from(leakingFile));
  }

  @Sse('own')
  own(): Observable<MessageEvent> {
    return from([1, 2]).pipe(map((at) => ({ id: String(at), data: { at, org_id: findCurrentOrg() } })));
  }

  @Sse('mixed')
  mixed(): Observable<MessageEvent> {
    const orgs = ['org_A', 'org_B', 'org_A'];
    return from(orgs).pipe(map((org_id, at) => ({ id: String(at), data: { org_id, name: `of ${org_id}` } })));
  }

  @Sse('first')
  first(): Observable<MessageEvent> {
    return from([{ data: { org_id: 'org_B', name: 'of org_B' } }]);
  }

  @Sse('news')
  listen(): Observable<MessageEvent> {
    return defer(() => {
      begin();
      return news.pipe(take(1));
    });
  }

  @Post('news')
  @HttpCode(204)
  tell() {
    const org_id = findCurrentOrg();
    news.next({ data: { org_id, name: `of ${org_id}` } });
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  const leaks: unknown[] = [];
  let nest: Awaited<ReturnType<typeof openLeaky>>;
  beforeAll(async () => {
    nest = await openLeaky(platform, world, [RootController], { onLeak: (leak) => leaks.push(leak) });
  });
  const a = () => callerOf(world, 'org_A');
  const events = (path: string, org = 'org_A') => receiveEvents(portOf(nest.app), path, callerOf(world, org));

  test.each(['/file', '/bytes'])('%s: the bytes of a file are not looked through', async (path) => {
    const { status, body } = await nest.http.get(path).set(a());
    expect([status, path === '/file' ? JSON.stringify(body) : String(body)]).toEqual([200, leakingFile]);
  });

  test('each event is looked at: its own are sent', async () => {
    const { text } = await events('/own');
    expect(text).toContain('data: {"at":1,"org_id":"org_A"}');
    expect(text).toContain('data: {"at":2,"org_id":"org_A"}');
  });

  test('the stream ends before another’s event, and after those before it', async () => {
    leaks.length = 0;
    const { text } = await events('/mixed');
    expect(text.match(/^data: \{.*$/gm)).toEqual(['data: {"org_id":"org_A","name":"of org_A"}']);
    expect(text).not.toContain('org_B');
    expect(leaks).toEqual([{ path: 'data.org_id', orgId: 'org_B' }]);
  });

  test('where the first is another’s, nothing of it is sent', async () => {
    const { text } = await events('/first');
    expect(text).not.toContain('org_B');
  });

  test('what another caller’s request emits is held against whoever listens', async () => {
    leaks.length = 0;
    const listening = someoneListens();
    const ended = events('/news');
    await listening;
    await nest.http.post('/news').set(callerOf(world, 'org_B')).expect(204);
    const { text } = await ended;
    expect(text).not.toContain('org_B');
    expect(leaks).toEqual([{ path: 'data.org_id', orgId: 'org_B' }]);
  });

  test('what is emitted for the listener outside of every request is sent', async () => {
    const listening = someoneListens();
    const ended = events('/news');
    await listening;
    news.next({ data: { org_id: 'org_A', name: 'of org_A' } });
    expect((await ended).text).toContain('data: {"org_id":"org_A","name":"of org_A"}');
  });
});
