import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Controller, Get, Param } from '@nestjs/common';
import { currentOrg, OrgParam } from '../../src/index.js';
import { answerOf, missingToken, orgRequired, serverError } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { bytesOf, notFound, orgAmbiguous } from './answers.js';
import { callerOf, openControllers } from './open-controllers.js';

const reached: unknown[] = [];
const keep = (named: string) => {
  reached.push([named, currentOrg()]);
  return { named };
};

@Controller('class/:orgId')
@OrgParam('orgId')
class OnClassController {
  @Get()
  list(@Param('orgId') named: string) {
    return keep(named);
  }
}

@Controller('method')
class OnMethodController {
  @Get(':orgId')
  @OrgParam('orgId')
  list(@Param('orgId') named: string) {
    return keep(named);
  }

  @Get('open/:orgId')
  @OrgParam('orgId', { foreign: 'forbid' })
  open(@Param('orgId') named: string) {
    return keep(named);
  }
}

@Controller('both')
@OrgParam('orgId')
class OnBothController {
  /** What the method says of the path replaces what its class says. */
  @Get('open/:orgId')
  @OrgParam('orgId', { foreign: 'forbid' })
  open(@Param('orgId') named: string) {
    return keep(named);
  }

  @Get('none')
  none() {
    return keep('none');
  }

  @Get('proto/:id')
  @OrgParam('toString')
  proto() {
    return keep('proto');
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});
beforeEach(() => {
  reached.length = 0;
});

describe.each(platforms)('%s', (platform) => {
  describe.each([true, false])('global: %p', (global) => {
    let http: Awaited<ReturnType<typeof openControllers>>['http'];
    let errors: unknown[];
    beforeAll(async () => {
      const controllers = [OnClassController, OnMethodController, OnBothController];
      ({ http, errors } = await openControllers(platform, world, controllers, { global }));
    });
    const ask = (path: string, org: string | null = 'org_A') => http.get(path).set(callerOf(world, org));

    test.each(['class', 'method', 'method/open', 'both/open'])('/%s/org_A: A is let in', async (place) => {
      await ask(`/${place}/org_A`).expect(200, { named: 'org_A' });
      await ask(`/${place}/%6Frg_%41`).expect(200, { named: 'org_A' });
      expect(reached).toEqual([
        ['org_A', 'org_A'],
        ['org_A', 'org_A'],
      ]);
    });

    test.each(['class', 'method'])('/%s: whatever is not A’s, to the letter, is not there', async (place) => {
      const named = ['org_B', 'ORG_A', 'org_A%20', '%20org_A', 'org_A%00', 'org_A,org_B', 'org_%25%34%31', 'none'];
      const answers = [];
      for (const each of named) answers.push(await ask(`/${place}/${each}`));
      for (const answer of answers) expect(answerOf(answer)).toEqual(notFound);
      expect(new Set(answers.map((answer) => JSON.stringify(bytesOf(answer)))).size).toBe(1);
      expect(reached).toEqual([]);
    });

    test.each(['method/open', 'both/open'])('/%s: told to forbid, it answers 403', async (place) => {
      expect(answerOf(await ask(`/${place}/org_B`))).toEqual(orgRequired);
      expect(reached).toEqual([]);
    });

    test.each(['class', 'method', 'method/open', 'both/open'])('/%s: nobody, and callers of no org', async (place) => {
      expect(answerOf(await http.get(`/${place}/org_A`))).toEqual(missingToken);
      expect(answerOf(await ask(`/${place}/org_A`, null))).toEqual(orgRequired);
      expect(answerOf(await ask(`/${place}/null`, null))).toEqual(orgRequired);
      expect(reached).toEqual([]);
    });

    test('an organization beside the path is not asked about', async () => {
      await ask('/class/org_A?orgId=org_B').set('x-org-id', 'org_B').expect(200, { named: 'org_A' });
    });

    test.each([
      ['/both/none', "@OrgParam('orgId')"],
      ['/both/proto/1', "@OrgParam('toString')"],
    ])('%s has no such parameter: 500, and the handler does not run', async (path, call) => {
      expect(answerOf(await ask(path))).toEqual(serverError);
      expect((errors.at(-1) as Error).message).toBe(`${call} stands on a path without that parameter`);
      expect(reached).toEqual([]);
    });
  });
});

@Controller('deep')
class DeepController {
  @Get('*orgs')
  @OrgParam('orgs')
  list() {
    reached.push('deep');
  }
}

test('a parameter that is a list names more than one organization', async () => {
  const { http } = await openControllers('Express', world, [DeepController]);
  for (const path of ['/deep/org_A', '/deep/org_A/org_B', '/deep/org_A/org_A']) {
    expect(answerOf(await http.get(path).set(callerOf(world, 'org_A')))).toEqual(orgAmbiguous);
  }
  expect(reached).toEqual([]);
});
