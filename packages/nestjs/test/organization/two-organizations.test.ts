import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Controller, Get, UseGuards } from '@nestjs/common';
import { ConnectAuthGuard, currentOrg, OrgOwned, Owned, withOrg } from '../../src/index.js';
import { answerOf, serverError } from '../answers.js';
import { XTokenGuard } from '../guard/x-token.guard.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { notFound } from './answers.js';
import { callerOf, openControllers } from './open-controllers.js';
import { asked, type Project, ProjectsLoader } from './projects.js';

const reached: unknown[] = [];

@Controller()
class RootController {
  @Get('guards/:id')
  @UseGuards(XTokenGuard)
  @UseGuards(ConnectAuthGuard)
  @OrgOwned({ type: 'project', load: ProjectsLoader })
  guards(@Owned() { id }: Project) {
    reached.push(id);
    return { id };
  }

  @Get('within/:org')
  @UseGuards(ConnectAuthGuard)
  async within() {
    const own = await withOrg('org_A', async () => currentOrg());
    reached.push(own);
    await withOrg('org_B', async () => reached.push(currentOrg()));
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});
beforeEach(() => {
  reached.length = 0;
  asked.length = 0;
});

describe.each(platforms)('%s', (platform) => {
  let http: Awaited<ReturnType<typeof openControllers>>['http'];
  beforeAll(async () => {
    ({ http } = await openControllers(platform, world, [RootController], { providers: [ProjectsLoader] }));
  });

  test.each([
    ['org_A', 'org_B', 'p_A', serverError],
    ['org_B', 'org_A', 'p_B', serverError],
    ['org_A', 'org_B', 'p_B', notFound],
    ['org_B', 'org_A', 'p_A', notFound],
  ])('two guards that find %s and %s: nobody is handed %s', async (one, other, id, expected) => {
    const tokens = { ...callerOf(world, one), 'x-token': world.issuer.token({ org: other }) };
    expect(answerOf(await http.get(`/guards/${id}`).set(tokens))).toEqual(expected);
    expect([asked, reached]).toEqual([[id], []]);
  });

  test('two guards that find one organization in two tokens load its object once', async () => {
    const tokens = { ...callerOf(world, 'org_A'), 'x-token': world.issuer.token({ org: 'org_A' }) };
    await http.get('/guards/p_A').set(tokens).expect(200, { id: 'p_A' });
    expect([asked, reached]).toEqual([['p_A'], ['p_A']]);
  });

  test('a handler that goes over to another organization is stopped before it works for that', async () => {
    expect(answerOf(await http.get('/within/x').set(callerOf(world, 'org_A')))).toEqual(serverError);
    expect(reached).toEqual(['org_A']);
  });
});
