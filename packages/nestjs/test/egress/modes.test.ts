import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { type EgressOptions, OrgEgressInterceptor } from '../../src/index.js';
import { answerOf } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { callerOf } from '../organization/open-controllers.js';
import { leakBlocked, openLeaky } from './open-leaky.js';

const leaking = { items: [{ org_id: 'org_A' }, { org_id: 'org_B' }] };

@Controller('leak')
class LeakingController {
  @Get()
  list() {
    return leaking;
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  async function ask(options: EgressOptions) {
    const leaks: unknown[] = [];
    const onLeak = (leak: unknown) => {
      leaks.push(leak);
      throw new Error('nobody listens');
    };
    const { http } = await openLeaky(platform, world, [LeakingController], { onLeak, ...options });
    return { leaks, answer: await http.get('/leak').set(callerOf(world, 'org_A')) };
  }
  const leak = { path: 'items[1].org_id', orgId: 'org_B' };

  test('report sends the answer, and tells of it; what the listener throws is not the caller’s', async () => {
    const { leaks, answer } = await ask({ mode: 'report' });
    expect([answer.status, answer.body, leaks]).toEqual([200, leaking, [leak]]);
  });

  test('block sends nothing of it, whatever the listener throws', async () => {
    const { leaks, answer } = await ask({ mode: 'block' });
    expect([answerOf(answer), leaks]).toEqual([leakBlocked, [leak]]);
  });

  test('off looks at nothing', async () => {
    const { leaks, answer } = await ask({ mode: 'off' });
    expect([answer.status, answer.body, leaks]).toEqual([200, leaking, []]);
  });
});

test.each<[options: object, problem: string]>([
  [{ mode: 'warn' }, 'mode must be off, report or block'],
  [{ mode: null }, 'mode must be off, report or block'],
  [{ onLeak: 'log' }, 'onLeak must be a function'],
  [{ except: 'memberships' }, 'except'],
  [{ except: [7] }, 'except[0] must be a non-empty string'],
  [{ modes: 'block' }, 'modes'],
])('%p is refused', (options, problem) => {
  expect(() => new OrgEgressInterceptor(options as never)).toThrow(ConfigurationError);
  expect(() => new OrgEgressInterceptor(options as never)).toThrow(problem);
});
