import { beforeAll, describe, expect, test } from '@jest/globals';
import { UseGuards } from '@nestjs/common';
import { ConnectAuthGuard, RequireLive } from '../../src/index.js';
import { answerOf, invalidToken } from '../answers.js';
import { XTokenGuard } from '../guard/x-token.guard.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

/** The one that stands behind it is asked about the token in another header. */
const bothGuards = { onHandler: [RequireLive(), UseGuards(ConnectAuthGuard, XTokenGuard)] };

describe.each(platforms)('%s', (platform) => {
  test('what the issuer says of one token says nothing of another in the same request', async () => {
    const { issuer, trust } = world;
    const { http, reached } = await openProjects(platform, trust(), bothGuards);
    const [first, second] = [['a'], ['b']].map((scopes) => issuer.token({ org: 'org_B', scopes })) as [string, string];
    const ask = () => http.get('/projects').set({ ...bearer(first), 'x-token': second });
    issuer.resetRequests();
    expect(((await ask()).body as { org: string }).org).toBe('org_B');
    expect(issuer.requests.introspection).toBe(2);
    issuer.revoke(second);
    expect(answerOf(await ask())).toEqual(invalidToken);
    expect(reached).toEqual(['org_B']);
  });

  test('the same token twice is asked about once, and at the next request again', async () => {
    const { issuer, trust } = world;
    const { http, reached } = await openProjects(platform, trust(), bothGuards);
    const token = issuer.token({ org: 'org_A' });
    const ask = () => http.get('/projects').set({ ...bearer(token), 'x-token': token });
    issuer.resetRequests();
    await ask().expect(200, { org: 'org_A' });
    expect(issuer.requests.introspection).toBe(1);
    issuer.revoke(token);
    expect(answerOf(await ask())).toEqual(invalidToken);
    expect(reached).toEqual(['org_A']);
  });

  test('what one verifier was told does not count for another', async () => {
    const { issuer, trust } = world;
    const other = await openProjects(platform, trust());
    const theirs = UseGuards(other.app.get(ConnectAuthGuard));
    const { http } = await openProjects(platform, trust(), { onHandler: [RequireLive(), theirs] });
    issuer.resetRequests();
    await http
      .get('/projects')
      .set(bearer(issuer.token({ org: 'org_A' })))
      .expect(200, { org: 'org_A' });
    expect(issuer.requests.introspection).toBe(2);
  });
});
