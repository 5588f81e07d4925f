import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { OrgOwned, Owned } from '../../src/index.js';
import { answerOf, serverError } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { bytesOf, notFound } from './answers.js';
import { callerOf, openControllers } from './open-controllers.js';
import { asked, findProject, type Project } from './projects.js';

const load = (id: string) => findProject(id);
const project = OrgOwned({ type: 'project', param: 'project', load });
const template = OrgOwned({ type: 'template', param: 'template', load });
const reached: unknown[] = [];

@Controller('method/:project/from/:template')
class OnMethodController {
  @Get()
  @project
  @template
  both(@Owned('project') one: Project, @Owned('template') other: Project) {
    reached.push([one.id, other.id]);
    return [one.id, other.id];
  }

  @Get('unnamed')
  @project
  @template
  unnamed(@Owned() one: Project) {
    reached.push(one);
  }

  @Get('misnamed')
  @project
  misnamed(@Owned('template') one: Project) {
    reached.push(one);
  }
}

/** Two kinds of objects are two things to ask about: the one on the method does not settle the other. */
@Controller('class/:project/from/:template')
@project
class OnBothController {
  @Get()
  @template
  both(@Owned('template') other: Project) {
    reached.push(other.id);
    return [other.id];
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
  let nest: Awaited<ReturnType<typeof openControllers>>;
  beforeAll(async () => {
    nest = await openControllers(platform, world, [OnMethodController, OnBothController]);
  });
  const ask = (path: string) => nest.http.get(path).set(callerOf(world, 'org_A'));

  test('each is handed over under its type', async () => {
    await ask('/method/p_A/from/p_A').expect(200, ['p_A', 'p_A']);
    expect(asked).toEqual(['p_A', 'p_A']);
  });

  test.each([
    ['p_B', 'p_A'],
    ['p_A', 'p_B'],
    ['p_B', 'p_B'],
    ['p_0', 'p_A'],
    ['p_A', 'p_0'],
  ])('%s and %s: one that is not the caller’s is enough for 404', async (one, other) => {
    const unknown = await ask('/method/p_0/from/p_0');
    expect(answerOf(unknown)).toEqual(notFound);
    expect(bytesOf(await ask(`/method/${one}/from/${other}`))).toEqual(bytesOf(unknown));
    expect(reached).toEqual([]);
  });

  test.each([
    ['unnamed', '@Owned() has no single object to hand over'],
    ['misnamed', '@Owned() has no template to hand over'],
  ])('%s: which one is meant nobody can tell: 500', async (path, message) => {
    expect(answerOf(await ask(`/method/p_A/from/p_A/${path}`))).toEqual(serverError);
    expect([(nest.errors.at(-1) as Error).message, reached]).toEqual([message, []]);
  });

  test('of a class and of its method: both are asked about', async () => {
    await ask('/class/p_A/from/p_A').expect(200, ['p_A']);
    for (const path of ['/class/p_A/from/p_B', '/class/p_B/from/p_A']) {
      expect(answerOf(await ask(path))).toEqual(notFound);
    }
    expect(reached).toEqual(['p_A']);
  });
});
