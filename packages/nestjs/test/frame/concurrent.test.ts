import { findCurrentAuth } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { sendBytes, statusesOf } from '../../../express/test/wire/send-bytes.js';
import { ConnectAuthGuard, ConnectAuthModule, currentAuth, OptionalAuth, OrgId } from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms, portOf } from '../open-nest.js';

/** A handler that waits until it is let go, by name. */
const holds = new Map<string, { arrived: () => void; release: Promise<void> }>();
const seen: unknown[] = [];

@Controller()
class RootController {
  @Get('held/:name')
  @UseGuards(ConnectAuthGuard)
  async held(@Param('name') name: string, @OrgId() orgId: string) {
    const before = currentAuth().orgId;
    holds.get(name)?.arrived();
    await holds.get(name)?.release;
    return { orgId, before, after: currentAuth().orgId };
  }

  @Get('optional/:name')
  @OptionalAuth()
  optional(@Param('name') name: string) {
    seen.push([name, findCurrentAuth()?.orgId]);
  }
}

function hold(name: string) {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    holds.set(name, { arrived: resolve, release: held });
  });
  return { release, arrived };
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  let nest: Awaited<ReturnType<typeof openNest>>;
  beforeAll(async () => {
    const imports = [ConnectAuthModule.forRoot(world.trust())];
    nest = await openNest(platform, { imports, controllers: [RootController] });
  });

  test('two callers at once: each handler sees its own, before and after the other is done', async () => {
    const [a, b] = [hold('a'), hold('b')];
    const ask = (name: string, org: string) =>
      nest.http
        .get(`/held/${name}`)
        .set(bearer(world.issuer.token({ org })))
        .then(({ body }) => body);
    const [first, second] = [ask('a', 'org_A'), ask('b', 'org_B')];
    await Promise.all([a.arrived, b.arrived]);
    b.release();
    expect(await second).toEqual({ orgId: 'org_B', before: 'org_B', after: 'org_B' });
    a.release();
    expect(await first).toEqual({ orgId: 'org_A', before: 'org_A', after: 'org_A' });
  });

  test('200 requests of 10 organizations at once: each sees its own and nobody else’s', async () => {
    const orgs = Array.from({ length: 200 }, (_, at) => `org_${at % 10}`);
    const tokens = new Map(orgs.map((org) => [org, world.issuer.token({ org })]));
    const ask = (org: string) => nest.http.get('/held/none').set(bearer(tokens.get(org) as string));
    const answers = await Promise.all(orgs.map(ask));
    expect(answers.map(({ body }) => body)).toEqual(orgs.map((org) => ({ orgId: org, before: org, after: org })));
  });

  test('on one connection a request as nobody between two with a token is as nobody', async () => {
    const good = `Authorization: Bearer ${world.issuer.token({ org: 'org_B' })}`;
    const get = (path: string, ...more: string[]) =>
      `${[`GET ${path} HTTP/1.1`, 'Host: api.test', ...more].join('\r\n')}\r\n\r\n`;
    for (const _state of ['cold', 'warm']) {
      seen.length = 0;
      const received = await sendBytes(
        portOf(nest.app),
        get('/optional/1', good),
        get('/optional/2'),
        get('/held/none'),
        get('/optional/3', good),
        get('/optional/4', 'Connection: close'),
      );
      expect(statusesOf(received)).toEqual([200, 200, 401, 200, 200]);
      expect(Object.fromEntries(seen as [string, unknown][])).toEqual({
        1: 'org_B',
        2: undefined,
        3: 'org_B',
        4: undefined,
      });
    }
  });
});
