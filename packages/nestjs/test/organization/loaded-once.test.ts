import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Controller, Get, UseGuards } from '@nestjs/common';
import { ConnectAuthGuard, OrgId, OrgOwned, OrgParam, Owned, RequireLive, RequireScopes } from '../../src/index.js';
import { answerOf, insufficientScope } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { notFound } from './answers.js';
import { callerOf, openControllers } from './open-controllers.js';
import { asked, type Project, ProjectsLoader } from './projects.js';

const resource = OrgOwned({ type: 'project', load: ProjectsLoader });
const guard = UseGuards(ConnectAuthGuard);

@Controller('class/:orgId/:id')
@guard
@OrgParam('orgId')
@resource
class OnClassController {
  @Get()
  @guard
  @OrgParam('orgId')
  @RequireScopes('read')
  one(@Owned() { id }: Project, @OrgId() orgId: string) {
    return { id, orgId };
  }
}

@Controller('method/:orgId/:id')
@guard
@RequireScopes('read')
class OnMethodController {
  @Get()
  @guard
  @RequireLive()
  @OrgParam('orgId')
  @resource
  one(@Owned() { id }: Project, @Owned() again: Project, @OrgId() orgId: string) {
    return { id: again.id && id, orgId };
  }
}

/** The method says what its class says: it is asked about once. */
@Controller('both/:orgId/:id')
@resource
class OnBothController {
  @Get()
  @resource
  @RequireScopes('read')
  one(@Owned() { id }: Project, @OrgId() orgId: string) {
    return { id, orgId };
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});
beforeEach(() => {
  asked.length = 0;
});

describe.each(platforms)('%s', (platform) => {
  describe.each([true, false])('global: %p', (global) => {
    let http: Awaited<ReturnType<typeof openControllers>>['http'];
    beforeAll(async () => {
      const controllers = [OnClassController, OnMethodController, OnBothController];
      ({ http } = await openControllers(platform, world, controllers, { global, providers: [ProjectsLoader] }));
    });
    const reader = (org: string) => bearer(world.issuer.token({ org, scopes: ['read'] }));

    test.each(['class', 'method', 'both'])('on the %s: guards of every kind load once a request', async (place) => {
      for (const _time of ['first', 'second']) {
        asked.length = 0;
        const answer = await http.get(`/${place}/org_A/p_A`).set(reader('org_A'));
        expect([answer.status, answer.body]).toEqual([200, { id: 'p_A', orgId: 'org_A' }]);
        expect(asked).toEqual(['p_A']);
      }
    });

    test.each(['class', 'method', 'both'])('on the %s: a refusal loads once at most', async (place) => {
      expect(answerOf(await http.get(`/${place}/org_A/p_B`).set(reader('org_A')))).toEqual(notFound);
      expect(asked).toEqual(['p_B']);
    });

    test.each(['class', 'method', 'both'])(
      'on the %s: nothing is loaded for a token without the scope',
      async (place) => {
        const answer = await http.get(`/${place}/org_A/p_A`).set(callerOf(world, 'org_A'));
        expect(answerOf(answer)).toEqual(insufficientScope('read'));
        expect(asked).toEqual([]);
      },
    );

    test('requests at once are each handed their own', async () => {
      const orgs = Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? 'A' : 'B'));
      const answers = await Promise.all(
        orgs.map((org) => http.get(`/both/org_${org}/p_${org}`).set(reader(`org_${org}`))),
      );
      const expected = orgs.map((org) => ({ id: `p_${org}`, orgId: `org_${org}` }));
      expect(answers.map(({ body }) => body)).toEqual(expected);
      expect(asked).toHaveLength(60);
    });
  });
});
