import type { TestIssuer } from '@connect-auth/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
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
import { platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';

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

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  // No @UseGuards stands anywhere: what requires something brings its guard along.
  describe.each(['onHandler', 'onClass'] as const)('%s alone', (place) => {
    test.each(rows)('%s: lets pass who has it', async (_name, decorator, passes) => {
      const { http, reached } = await openProjects(platform, world.trust(), { [place]: [decorator] });
      for (const grant of passes) {
        const org = grant.org === null ? null : (grant.org ?? world.issuer.client.orgId);
        const answer = await http.get('/projects').set(bearer(world.issuer.token(grant)));
        expect([answer.status, answer.body]).toEqual([200, { org }]);
      }
      expect(reached).toHaveLength(passes.length);
    });

    test.each(rows)('%s: refuses who has not, at the first request and once the token is known', async (...row) => {
      const [, decorator, , refused] = row;
      const { http, reached, errors } = await openProjects(platform, world.trust(), { [place]: [decorator] });
      for (const [grant, expected] of refused) {
        const token = world.issuer.token(grant);
        for (const _time of ['first', 'second']) {
          expect(answerOf(await http.get('/projects').set(bearer(token)))).toEqual(expected);
        }
      }
      expect([reached, errors]).toEqual([[], []]);
    });

    test.each(rows)('%s: refuses who brings no token, or a bad one', async (_name, decorator) => {
      const { http, reached } = await openProjects(platform, world.trust(), { [place]: [decorator] });
      expect(answerOf(await http.get('/projects'))).toEqual(missingToken);
      const answer = await http.get('/projects').set(bearer(world.issuer.flaws.badSignature()));
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
