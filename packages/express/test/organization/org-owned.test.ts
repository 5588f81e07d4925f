import { setImmediate } from 'node:timers/promises';
import { ConfigurationError } from '@connect-auth/core';
import type { Owned } from '@connect-auth/isolation';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { currentOrg, type OrgOwnedOptions, orgEgress, orgOwned } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { openOrgApi, openWorld, type World } from './open-org-api.js';
import { forbidden, notFound } from './refusals.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

interface Project {
  readonly id: string;
  readonly org_id: string;
  readonly name?: string;
}
const projects: Record<string, Project> = {
  a1: { id: 'a1', org_id: 'org_A', name: 'Apollo' },
  b1: { id: 'b1', org_id: 'org_B', name: 'Gemini' },
};
const find = async (id: string) => projects[id];

describe.each(expressVersions)('%s', (_name, express) => {
  const open = <Value>(
    load: Parameters<typeof orgOwned<Value>>[1],
    options: OrgOwnedOptions<Value> = {},
    path = '/projects/:id',
  ) => openOrgApi(express, world, (app, handler) => app.get(path, orgOwned('project', load, options), handler));

  test('what was loaded is there for the handler, with its type, and was loaded once', async () => {
    const loads: string[] = [];
    const project = orgOwned('project', (id) => {
      loads.push(id);
      return find(id);
    });
    const rename = (each: Owned<Project>) => each.name;
    const answerName: RequestHandler = (req, res) => res.json({ name: rename(project.of(req)) });
    const { ask, askAs } = await openOrgApi(express, world, (app) => app.get('/projects/:id', project, answerName));
    expect(await ask('/projects/a1')).toMatchObject({ status: 200, body: '{"name":"Apollo"}' });
    expect(await askAs(world.tokens.B, '/projects/b1')).toMatchObject({ status: 200, body: '{"name":"Gemini"}' });
    expect(loads).toEqual(['a1', 'b1']);
  });

  test('each of many requests at once has its own', async () => {
    const project = orgOwned('project', find);
    const { askAs } = await openOrgApi(express, world, (app) =>
      app.get('/projects/:id', project, async (req, res) => {
        await setImmediate();
        res.json({ ...project.of(req), currentOrg: currentOrg() });
      }),
    );
    const asked = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? 'A' : 'B') as 'A' | 'B');
    const answers = await Promise.all(asked.map((org) => askAs(world.tokens[org], `/projects/${org.toLowerCase()}1`)));
    expect(answers.map(({ body }) => JSON.parse(body) as object)).toEqual(
      asked.map((org) => {
        const own = { id: `${org.toLowerCase()}1`, org_id: `org_${org}` };
        return { ...own, name: org === 'A' ? 'Apollo' : 'Gemini', currentOrg: own.org_id };
      }),
    );
  });

  test('two on one path', async () => {
    const [from, to] = [orgOwned('project', find, { param: 'from' }), orgOwned('project', find, { param: 'to' })];
    const { ask, reached } = await openOrgApi(express, world, (app, handler) =>
      app.post('/projects/:from/move/:to', from, to, (req, res, next) => {
        if (from.of(req).id === 'a1' && to.of(req).id === 'a1') handler(req, res, next);
      }),
    );
    expect(await ask('/projects/a1/move/a1', { method: 'POST' })).toMatchObject({ status: 200 });
    for (const path of ['/projects/a1/move/b1', '/projects/b1/move/a1', '/projects/a1/move/x1']) {
      expect(await ask(path, { method: 'POST' })).toEqual(notFound);
    }
    expect(reached).toHaveLength(1);
  });

  test('asked for where it was not put on the route: 500', async () => {
    const project = orgOwned('project', find);
    const { ask, errors } = await openOrgApi(express, world, (app) =>
      app.get('/projects/:id', (req, res) => res.json(project.of(req))),
    );
    expect(await ask('/projects/a1')).toMatchObject({ status: 500, body: 'kept' });
    expect(errors).toEqual([
      new ConfigurationError("orgOwned('project')", 'has loaded nothing for this request: put it on the route'),
    ]);
  });

  test('the loader works for the caller, and is told the id decoded once and the request', async () => {
    const told: unknown[] = [];
    const { ask } = await open((id, req) => {
      told.push([id, req.method, currentOrg(), req.auth.orgId]);
      return null;
    });
    expect(await ask('/projects/a%2F1%2541')).toEqual(notFound);
    expect(told).toEqual([['a/1%41', 'GET', 'org_A', 'org_A']]);
  });

  test('for a caller without an organization nothing is loaded', async () => {
    let loads = 0;
    const { askAs } = await open(() => {
      loads += 1;
      return null;
    });
    expect(await askAs(world.tokens.none, '/projects/a1')).toEqual(forbidden);
    expect(loads).toBe(0);
  });

  describe('a mistake in the program is 500, and the handler is not reached', () => {
    const bug = new Error('no database');
    const unclear = new ConfigurationError(
      'project',
      'was loaded without one organization: give orgOf, or load its org_id',
    );
    test.each<[what: string, load: (id: string) => never, error: unknown]>([
      [
        'a loader that throws',
        () => {
          throw bug;
        },
        bug,
      ],
      ['a loader that rejects', () => Promise.reject(bug) as never, bug],
      ['an object without an organization', (id) => ({ id }) as never, unclear],
      ['an object with an empty organization', (id) => ({ id, org_id: '' }) as never, unclear],
      [
        'an object with two organizations',
        (id) => ({ id, org_id: 'org_A', organizationId: 'org_B' }) as never,
        unclear,
      ],
      ['a list', (id) => [{ id, org_id: 'org_A' }] as never, unclear],
      ['an empty list', () => [] as never, unclear],
      ['true', () => true as never, unclear],
      ['an empty text', () => '' as never, unclear],
    ])('%s', async (_what, load, error) => {
      const { ask, reached, errors } = await open(load);
      expect(await ask('/projects/a1')).toMatchObject({ status: 500, body: 'kept' });
      expect([reached, errors]).toEqual([[], [error]]);
    });

    test('a path without the parameter, whatever objects inherit', async () => {
      for (const param of ['projectId', 'constructor', '__proto__']) {
        const { ask, reached, errors } = await open(find, { param });
        expect(await ask('/projects/a1')).toMatchObject({ status: 500, body: 'kept' });
        expect([reached, errors]).toEqual([
          [],
          [new ConfigurationError("orgOwned('project')", `stands on a path without the parameter ${param}`)],
        ]);
      }
    });
  });

  test('orgOf says whose an object is', async () => {
    const orgOf = ({ name }: { name: string }) => `org_${name}`;
    const { ask } = await open((id) => ({ name: id, org_id: 'org_B' }), { orgOf });
    expect(await ask('/projects/A')).toMatchObject({ status: 200 });
    expect(await ask('/projects/B')).toEqual(notFound);
  });

  test('an orgOf that throws: 500', async () => {
    const bug = new Error('bug');
    const { ask, errors } = await open(find, {
      orgOf: () => {
        throw bug;
      },
    });
    expect(await ask('/projects/a1')).toMatchObject({ status: 500, body: 'kept' });
    expect(errors).toEqual([bug]);
  });

  test('what it has loaded is found in the answer to another, without its field', async () => {
    const shared: unknown[] = [];
    const project = orgOwned('project', find);
    const { askAs } = await openOrgApi(express, world, (app) =>
      app.get('/projects/:id', orgEgress(), project, (req, res) => {
        const { org_id: _, ...shown } = project.of(req);
        shared.push(shown);
        res.json(shared[0]);
      }),
    );
    expect(await askAs(world.tokens.A, '/projects/a1')).toMatchObject({
      status: 200,
      body: '{"id":"a1","name":"Apollo"}',
    });
    expect(await askAs(world.tokens.B, '/projects/b1')).toMatchObject({ status: 500 });
  });
});
