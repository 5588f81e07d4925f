import { createVerifier } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { ConnectAuthVerifier, RequireScopes } from '../../src/index.js';
import { answerOf, insufficientScope, invalidToken } from '../answers.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';

describe.each(platforms)('%s', (platform) => {
  test('a token is verified once, and then known: the handler sees the same caller', async () => {
    const { issuer, trust } = await openIssuer();
    const verifier = createVerifier(trust());
    let verifications = 0;
    const counting = {
      ...verifier,
      verify: (token: string) => {
        verifications += 1;
        return verifier.verify(token);
      },
    };
    const { http, reached } = await openProjects(platform, { verifier: counting, global: true });
    const token = issuer.token({ org: 'org_B' });
    for (let at = 0; at < 3; at += 1) await http.get('/projects').set(bearer(token)).expect(200);
    expect([verifications, reached, issuer.requests.jwks]).toEqual([1, ['org_B', 'org_B', 'org_B'], 1]);
    await verifier.close();
  });

  test('a known token is held to the rules of the route at every request', async () => {
    const { issuer, trust } = await openIssuer();
    const { http, reached } = await openProjects(platform, trust(), { onHandler: [RequireScopes('projects:write')] });
    const token = issuer.token();
    const answers = [];
    for (let at = 0; at < 3; at += 1) answers.push(answerOf(await http.get('/projects').set(bearer(token))));
    expect(answers).toEqual(Array(3).fill(insufficientScope('projects:write')));
    expect(reached).toEqual([]);
  });

  test('a known token past its expiry: 401', async () => {
    const { issuer, clock, trust } = await openIssuer();
    const { http, reached } = await openProjects(platform, { ...trust(), global: true });
    const token = issuer.token({ lifetimeSeconds: 60 });
    await http.get('/projects').set(bearer(token)).expect(200);
    clock.advanceSeconds(66);
    expect(answerOf(await http.get('/projects').set(bearer(token)))).toEqual(invalidToken);
    expect(reached).toHaveLength(1);
  });

  test('a known token that the application revokes: 401 at the next request', async () => {
    const { issuer, trust } = await openIssuer();
    const { app, http, reached } = await openProjects(platform, { ...trust(), global: true });
    const token = issuer.token({ org: 'org_B' });
    await http.get('/projects').set(bearer(token)).expect(200);
    await app.get(ConnectAuthVerifier).revoke({ orgId: 'org_B' });
    expect(answerOf(await http.get('/projects').set(bearer(token)))).toEqual(invalidToken);
    expect(reached).toHaveLength(1);
  });
});
