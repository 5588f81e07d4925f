import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Controller, Delete, Get, Header, HttpCode, Param, Put } from '@nestjs/common';
import { OrgOwned, OrgParam, Owned } from '../../src/index.js';
import { answerOf, missingToken, orgRequired, serverError } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { bytesOf, notFound } from './answers.js';
import { callerOf, openControllers } from './open-controllers.js';
import { asked, findProject, type Project, ProjectsLoader, projects } from './projects.js';

const reached: unknown[] = [];

@Controller('projects')
class ProjectsController {
  @Get(':id')
  @Header('ETag', '"1"')
  @OrgOwned({ type: 'project', load: ProjectsLoader })
  one(@Owned() project: Project) {
    reached.push(project);
    return project;
  }

  @Put(':projectId/named')
  @OrgOwned({ type: 'project', param: 'projectId', load: (id) => findProject(id) })
  named(@Owned('project') project: Project, @Param('projectId') id: string) {
    reached.push(id);
    return project;
  }

  @Delete(':id')
  @HttpCode(204)
  @OrgOwned({ type: 'project', load: ProjectsLoader, foreign: 'forbid' })
  remove(@Param('id') id: string) {
    reached.push(id);
  }

  @Get(':id/owner')
  @OrgOwned<Project>({ type: 'project', load: ProjectsLoader, orgOf: ({ name }) => `org_${name[0]}` })
  byOwner(@Owned() { name }: Project) {
    return { name };
  }

  @Get('of/:other/x')
  @OrgOwned({ type: 'project', load: ProjectsLoader })
  withoutId() {
    reached.push('withoutId');
  }
}

@Controller('orgs/:orgId/projects')
@OrgParam('orgId')
class OrgProjectsController {
  @Get(':id')
  @OrgOwned({ type: 'project', load: ProjectsLoader })
  one(@Owned() project: Project) {
    return project;
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
  let errors: unknown[];
  beforeAll(async () => {
    const controllers = [ProjectsController, OrgProjectsController];
    ({ http, errors } = await openControllers(platform, world, controllers, { providers: [ProjectsLoader] }));
  });
  const a = () => callerOf(world, 'org_A');

  test('the handler is handed its caller’s own object', async () => {
    for (const [org, id] of [
      ['org_A', 'p_A'],
      ['org_B', 'p_B'],
    ] as const) {
      await http.get(`/projects/${id}`).set(callerOf(world, org)).expect(200, projects[id]).expect('etag', '"1"');
      await http.put(`/projects/${id}/named`).set(callerOf(world, org)).expect(200, projects[id]);
    }
    await http.get('/projects/p_A/owner').set(a()).expect(200, { name: 'Apollo' });
    expect(asked).toEqual(['p_A', 'p_A', 'p_B', 'p_B', 'p_A']);
  });

  test('another’s object and none are the same in every byte, with the path of another’s too', async () => {
    const unknown = await http.get('/projects/p_0').set(a());
    expect(answerOf(unknown)).toEqual(notFound);
    const same = [
      http.get('/projects/p_B').set(a()),
      http.get('/projects/p_B').set(a()).set('if-none-match', '"1"'),
      http.get('/projects/p_B/owner').set(a()),
      http.put('/projects/p_B/named').set(a()),
      http.put('/projects/p_0/named').set(a()),
      http.get('/orgs/org_A/projects/p_B').set(a()),
      http.get('/orgs/org_A/projects/p_0').set(a()),
      http.get('/orgs/org_B/projects/p_A').set(a()),
      http.get('/orgs/org_B/projects/p_B').set(a()),
      http.get('/orgs/org_B/projects/p_0').set(a()),
      http.get('/orgs/org_0/projects/p_0').set(a()),
    ];
    for (const each of same) expect(bytesOf(await each)).toEqual(bytesOf(unknown));
    expect(reached).toEqual([]);
  });

  test('HEAD tells as little', async () => {
    const [other, unknown] = [await http.head('/projects/p_B').set(a()), await http.head('/projects/p_0').set(a())];
    expect(bytesOf(other)).toEqual(bytesOf(unknown));
    expect(other.status).toBe(404);
  });

  test('nothing is looked for in a path of another organization', async () => {
    await http.get('/orgs/org_B/projects/p_B').set(a()).expect(404);
    expect(asked).toEqual([]);
  });

  test('told to forbid, it answers 403 for another’s, and 404 for none', async () => {
    expect(answerOf(await http.delete('/projects/p_B').set(a()))).toEqual(orgRequired);
    expect(answerOf(await http.delete('/projects/p_0').set(a()))).toEqual(notFound);
    expect(reached).toEqual([]);
    await http.delete('/projects/p_A').set(a()).expect(204);
    expect(reached).toEqual(['p_A']);
  });

  test('for nobody, and for a caller that acts for no organization, nothing is looked for', async () => {
    expect(answerOf(await http.get('/projects/p_A'))).toEqual(missingToken);
    expect(answerOf(await http.get('/projects/p_A').set(callerOf(world, null)))).toEqual(orgRequired);
    expect(asked).toEqual([]);
  });

  test('on a path without the parameter it answers 500, and looks for nothing', async () => {
    expect(answerOf(await http.get('/projects/of/p_A/x').set(a()))).toEqual(serverError);
    expect((errors.at(-1) as Error).message).toBe("@OrgOwned('project') stands on a path without the parameter id");
    expect([asked, reached]).toEqual([[], []]);
  });
});
