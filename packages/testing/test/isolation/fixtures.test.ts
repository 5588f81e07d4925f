import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { type IsolationFixtures, probeIsolation } from '../../src/isolation.js';
import { openEngine, type ProjectObjects } from './app/open-engine.js';

type Fixtures = IsolationFixtures<ProjectObjects>;

async function refusalOf(change: (fixtures: Fixtures) => object): Promise<string> {
  const { app, fixtures } = await openEngine('Express');
  const error: unknown = await probeIsolation(app, { ...fixtures, ...change(fixtures) }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ConfigurationError);
  return (error as ConfigurationError).message;
}

const health = 'GET /v1/health';

describe('what leads to nothing is refused', () => {
  test.each<[string, (fixtures: Fixtures) => object]>([
    ["allow['GET /health'] names no route; there are: ", () => ({ allow: { 'GET /health': 'why' } })],
    [`allow['${health}'] must be a non-empty string`, () => ({ allow: { [health]: ' ' } })],
    [
      "bodies['POST /v1/project'] names no route",
      ({ bodies }) => ({ bodies: { ...bodies, 'POST /v1/project': () => ({}) } }),
    ],
    ["params['projectId'] is a parameter of no route", ({ params }) => ({ params: { ...params, projectId: () => 1 } })],
    [
      "params['GET /v1/projects/:id'].ident is no parameter of that route",
      ({ params }) => ({ params: { ...params, 'GET /v1/projects/:id': { ident: () => 1 } } }),
    ],
    [
      "params['GET /v1/projects/:ident'] names no route; perhaps GET /v1/projects/:id",
      ({ params }) => ({ params: { ...params, 'GET /v1/projects/:ident': { ident: () => 1 } } }),
    ],
    ["queries['GET /x'] names no route", () => ({ queries: { 'GET /x': { q: () => 1 } } })],
    ["references['POST /x'] names no route", () => ({ references: { 'POST /x': { q: () => 1 } } })],
    ["unknownIds['ident'] is no name of", () => ({ unknownIds: { ident: 'x' } })],
    [
      `bodies['${health}'] is for a route that \`allow\` leaves out`,
      ({ bodies }) => ({ bodies: { ...bodies, [health]: () => ({}) } }),
    ],
  ])('%s', async (message, change) => {
    await expect(refusalOf(change)).resolves.toContain(message);
  });
});

describe('what is missing or wrong is refused', () => {
  test.each<[string, (fixtures: Fixtures) => object]>([
    ['snapshot must be a function: ', () => ({ snapshot: undefined })],
    ['seed must be a function', () => ({ seed: undefined })],
    ['sed is not an option', () => ({ sed: () => ({}) })],
    ['orgs.b.id must differ from orgs.a.id', ({ orgs }) => ({ orgs: { a: orgs.a, b: { id: orgs.a.id } } })],
    ['orgs.a.token must be a token or a function', () => ({ issuer: undefined })],
    [
      'tokens.withoutOrg must be a token or a function',
      () => ({ issuer: undefined, orgs: { a: { id: 'a', token: 'a' }, b: { id: 'b', token: 'b' } } }),
    ],
    ['refusals.expired must be a list of statuses', () => ({ refusals: { expired: [200] } })],
    ['requestTimeoutMs must be a number from 1', () => ({ requestTimeoutMs: 0 })],
    ["routes[0] must be a method and a path: 'GET /projects/:id'", () => ({ routes: ['/projects'] })],
    ["headers['X-A'] must be a non-empty string", () => ({ headers: { 'X-A': 1 } })],
  ])('%s', async (message, change) => {
    await expect(refusalOf(change)).resolves.toContain(message);
  });

  test.each([
    ['nothing', undefined],
    ['an object', {}],
  ])('an app that is %s', async (_, app) => {
    const { fixtures } = await openEngine('Express');
    await expect(probeIsolation(app, fixtures)).rejects.toThrow('app must be an Express, Nest or Fastify application');
  });

  test('an app that does not list its routes, as Express before 5.3', async () => {
    const { app, fixtures } = await openEngine('Express');
    const listener = (request: never, response: never) => (app as (...given: never[]) => void)(request, response);
    const old = Object.defineProperty(listener, 'router', {
      get: () => {
        throw new Error("'app.router' is deprecated!");
      },
    });
    await expect(probeIsolation(old, fixtures)).rejects.toThrow('app does not list its routes; that takes Express 5.3');
    const { params, orgs, issuer, seed } = fixtures;
    const some = { orgs, issuer: issuer as never, seed, params: { id: params?.id as never } };
    const { coverage, findings } = await probeIsolation(old, { ...some, routes: ['GET /v1/projects/:id'] });
    expect({ probed: coverage.probed, findings }).toEqual({ probed: ['GET /v1/projects/:id'], findings: [] });
  });
});
