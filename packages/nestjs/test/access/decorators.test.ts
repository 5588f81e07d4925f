import type { TestIssuer } from '@connect-auth/testing';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { RequireAnyScope, RequireClient, RequireOrg, RequireScopes, RequireUser } from '../../src/index.js';
import {
  type Answer,
  answerOf,
  inRealm,
  insufficientScope,
  invalidToken,
  missingToken,
  orgRequired,
  wrongActor,
} from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { type Http, platforms } from '../open-nest.js';
import { openProjects, projectsController } from '../open-projects.js';
import { openControllers } from '../organization/open-controllers.js';
import { rowController, rowPath } from '../row-controllers.js';

type Grant = NonNullable<Parameters<TestIssuer['token']>[0]>;
type Row = [name: string, decorator: ReturnType<typeof RequireOrg>, passes: Grant[], refused: [Grant, Answer][]];

const user = 'user_01TESTADA00000000000000000';
const read = ['projects:read'];
const write = ['projects:write'];
const both = [...read, ...write];
const needsRead = insufficientScope('projects:read');
const needsBoth = insufficientScope('projects:read projects:write');

const rows: Row[] = [
  [
    '@RequireScopes() of one',
    RequireScopes('projects:read'),
    [{ scopes: read }, { scopes: both }],
    [
      [{ scopes: [] }, needsRead],
      [{ scopes: ['Projects:Read', 'projects', 'projects:*', 'projects:readX'] }, needsRead],
    ],
  ],
  [
    '@RequireScopes() of two',
    RequireScopes(...both),
    [{ scopes: both }, { scopes: [...write, 'x', ...read] }],
    [
      [{ scopes: read }, needsBoth],
      [{ scopes: write }, needsBoth],
    ],
  ],
  [
    '@RequireAnyScope()',
    RequireAnyScope(...both),
    [{ scopes: read }, { scopes: write }],
    [
      [{ scopes: [] }, needsBoth],
      [{ scopes: ['billing'] }, needsBoth],
    ],
  ],
  ['@RequireOrg()', RequireOrg(), [{ org: 'org_B' }, { user }], [[{ org: null }, orgRequired]]],
  ['@RequireUser()', RequireUser(), [{ user }, { user, org: null }], [[{}, wrongActor]]],
  ['@RequireClient()', RequireClient(), [{}, { org: null }], [[{ user }, wrongActor]]],
];

const allowed = rows.map(([name, , passes], at) => [name, at, passes] as const);
const refusals = rows.map(([name, , , refused], at) => [name, at, refused] as const);

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  // No @UseGuards stands anywhere: what requires something brings its guard along.
  describe.each(['onHandler', 'onClass'] as const)('%s alone', (place) => {
    const reached: unknown[] = [];
    let http: Http;
    let errors: unknown[];
    beforeAll(async () => {
      const controllers = rows.map(([name, decorator], at) =>
        rowController(projectsController({ [place]: [decorator] }, reached), name, at),
      );
      ({ http, errors } = await openControllers(platform, world, controllers));
    });
    beforeEach(() => {
      for (const list of [reached, errors]) list.length = 0;
    });

    test.each(allowed)('%s: lets pass who has it', async (_name, at, passes) => {
      for (const grant of passes) {
        const org = grant.org === null ? null : (grant.org ?? world.issuer.client.orgId);
        const answer = await http.get(rowPath(at)).set(bearer(world.issuer.token(grant)));
        expect([answer.status, answer.body]).toEqual([200, { org }]);
      }
      expect(reached).toHaveLength(passes.length);
    });

    test.each(refusals)('%s: refuses who has not, at the first request and once the token is known', async (...row) => {
      const [, at, refused] = row;
      for (const [grant, expected] of refused) {
        const token = world.issuer.token(grant);
        for (const _time of ['first', 'second']) {
          expect(answerOf(await http.get(rowPath(at)).set(bearer(token)))).toEqual(expected);
        }
      }
      expect([reached, errors]).toEqual([[], []]);
    });

    test.each(refusals)('%s: refuses who brings no token, or a bad one', async (_name, at) => {
      expect(answerOf(await http.get(rowPath(at)))).toEqual(missingToken);
      const answer = await http.get(rowPath(at)).set(bearer(world.issuer.flaws.badSignature()));
      expect(answerOf(answer)).toEqual(invalidToken);
      expect(reached).toEqual([]);
    });
  });

  test('the challenge names the realm and the metadata of the module', async () => {
    const resourceMetadata = 'https://api.test/.well-known/oauth-protected-resource';
    const options = { ...world.trust(), realm: 'say "projects"', resourceMetadata };
    const { http } = await openProjects(platform, options, { onHandler: [RequireScopes('admin')] });
    const named = (answer: Answer): Answer => ({
      ...inRealm('say \\"projects\\"', answer),
      challenge: `${inRealm('say \\"projects\\"', answer).challenge}, resource_metadata="${resourceMetadata}"`,
    });
    expect(answerOf(await http.get('/projects'))).toEqual(named(missingToken));
    const answer = await http.get('/projects').set(bearer(world.issuer.token()));
    expect(answerOf(answer)).toEqual(named(insufficientScope('admin')));
  });
});
