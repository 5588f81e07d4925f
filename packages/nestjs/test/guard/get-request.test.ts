import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, type ExecutionContext, Get, UseGuards } from '@nestjs/common';
import { ConnectAuthModule, OrgId, RequireScopes, requestOf } from '../../src/index.js';
import { answerOf, invalidToken, missingToken, orgRequired, serverError } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';
import { fromXToken, XTokenGuard } from './x-token.guard.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  test('a subclass finds the token where it looks for it, and nowhere else', async () => {
    const { http } = await openProjects(platform, world.trust(), { onClass: [UseGuards(XTokenGuard)] });
    const token = world.issuer.token({ org: 'org_B' });
    await http.get('/projects').set('x-token', token).expect(200, { org: 'org_B' });
    expect(answerOf(await http.get('/projects').set(bearer(token)))).toEqual(missingToken);
    const bad = await http.get('/projects').set('x-token', world.issuer.flaws.expired());
    expect(answerOf(bad)).toEqual(invalidToken);
  });

  test('the option getRequest counts for decorators and parameters, too', async () => {
    @Controller('projects')
    class ProjectsController {
      @Get()
      @RequireScopes('projects:read')
      list(@OrgId() orgId: string) {
        return { orgId };
      }
    }
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), getRequest: fromXToken })];
    const { http } = await openNest(platform, { imports, controllers: [ProjectsController] });
    await http
      .get('/projects')
      .set('x-token', world.issuer.token({ org: 'org_B' }))
      .expect(200, { orgId: 'org_B' });
    expect(answerOf(await http.get('/projects').set(bearer(world.issuer.token())))).toEqual(missingToken);
    const orgless = await http.get('/projects').set('x-token', world.issuer.token({ org: null }));
    expect(answerOf(orgless)).toEqual(orgRequired);
  });

  test('getRequest may fall back on requestOf', async () => {
    const getRequest = (context: ExecutionContext) => requestOf(context);
    const { http } = await openProjects(platform, { ...world.trust(), getRequest, global: true });
    await http
      .get('/projects')
      .set(bearer(world.issuer.token({ org: 'org_B' })))
      .expect(200, { org: 'org_B' });
    expect(answerOf(await http.get('/projects'))).toEqual(missingToken);
  });

  test.each([
    [
      'throws',
      () => {
        throw new ConfigurationError('getRequest', 'broke');
      },
    ],
    ['finds nothing', () => undefined],
    ['finds something without headers', () => ({})],
  ])('a getRequest that %s lets nobody pass: 500', async (_what, getRequest) => {
    const options = { ...world.trust(), getRequest: getRequest as never, global: true };
    const { http, reached } = await openProjects(platform, options);
    expect(answerOf(await http.get('/projects').set(bearer(world.issuer.token())))).toEqual(serverError);
    expect(reached).toEqual([]);
  });
});
