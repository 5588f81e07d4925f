import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { UseGuards } from '@nestjs/common';
import { ConnectAuthGuard, RequireLive, RequireScopes } from '../../src/index.js';
import { answerOf, insufficientScope, invalidToken, issuerUnavailable, missingToken, serverError } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { type Declared, openProjects } from '../open-projects.js';

describe.each(platforms)('%s', (platform) => {
  describe.each(['onHandler', 'onClass'] as const)('%s alone', (place) => {
    const live = { [place]: [RequireLive()] };

    /** For tests that leave the issuer and the application as they found them. */
    let shared: Awaited<ReturnType<typeof openProjects>> & Pick<OpenIssuer, 'issuer'>;
    beforeAll(async () => {
      const { issuer, trust } = await openIssuer();
      shared = { issuer, ...(await openProjects(platform, trust(), live)) };
    });
    beforeEach(() => {
      shared.issuer.recover();
      shared.reached.length = 0;
    });

    test('asks the issuer at every request, where a guard alone asks never', async () => {
      const { issuer, trust } = await openIssuer();
      const asking = await openProjects(platform, trust(), live);
      const local = await openProjects(platform, { ...trust(), global: true });
      const headers = bearer(issuer.token());
      for (const { http } of [asking, local, asking, local, asking])
        await http.get('/projects').set(headers).expect(200);
      expect([issuer.requests.introspection, asking.reached.length]).toEqual([3, 3]);
    });

    test.each(['jwt', 'opaque'] as const)('a %s token that was revoked at the issuer: 401 at once', async (kind) => {
      const { issuer, http, reached } = shared;
      const token = kind === 'jwt' ? issuer.token() : issuer.opaqueToken();
      await http.get('/projects').set(bearer(token)).expect(200);
      issuer.revoke(token);
      expect(answerOf(await http.get('/projects').set(bearer(token)))).toEqual(invalidToken);
      expect(reached).toHaveLength(1);
    });

    test.each(['error500', 'refused', 'html', 'reset', 'empty', 'redirect'] as const)(
      'an issuer that does not say (%s): 503 and Retry-After, and the handler is not reached',
      async (mode) => {
        const { issuer, http, reached } = shared;
        const token = issuer.token();
        await http.get('/projects').set(bearer(token)).expect(200);
        issuer.fail('introspection', mode);
        expect(answerOf(await http.get('/projects').set(bearer(token)))).toEqual(issuerUnavailable('1'));
        expect(reached).toHaveLength(1);
      },
    );

    test('an issuer that never answers: 503 after three seconds', async () => {
      const { issuer, clock, trust } = await openIssuer();
      const { http, reached } = await openProjects(platform, trust(), live);
      issuer.fail('introspection', 'hang');
      const asking = http.get('/projects').set(bearer(issuer.token())).then(answerOf);
      await issuer.whenInFlight('introspection');
      clock.advanceMs(3_000);
      expect([await asking, reached]).toEqual([issuerUnavailable('1'), []]);
    });

    test('without introspection configured: 500, and a ConfigurationError that names it', async () => {
      const { issuer, trustKeysOnly } = await openIssuer();
      const { http, reached, errors } = await openProjects(platform, trustKeysOnly(), live);
      expect(answerOf(await http.get('/projects').set(bearer(issuer.token())))).toEqual(serverError);
      expect(reached).toEqual([]);
      expect(errors).toEqual([
        new ConfigurationError('introspection', 'is not configured, and a live check was asked for'),
      ]);
    });

    test('no token, or a bad one: 401, and the issuer is not asked', async () => {
      const { issuer, trust } = await openIssuer();
      const { http, reached } = await openProjects(platform, trust(), live);
      expect(answerOf(await http.get('/projects'))).toEqual(missingToken);
      expect(answerOf(await http.get('/projects').set(bearer(issuer.flaws.expired())))).toEqual(invalidToken);
      expect([reached, issuer.requests.introspection]).toEqual([[], 0]);
    });
  });

  test.each<[name: string, global: boolean, declared: Declared]>([
    ['a global guard', true, { onHandler: [RequireLive()] }],
    ['a guard on the class', false, { onClass: [UseGuards(ConnectAuthGuard)], onHandler: [RequireLive()] }],
    ['scopes on the class', false, { onClass: [RequireScopes('projects:read')], onHandler: [RequireLive()] }],
    ['scopes on the handler', false, { onHandler: [RequireScopes('projects:read'), RequireLive()] }],
  ])('beside %s it asks the issuer once for a request', async (_name, global, declared) => {
    const { issuer, trust } = await openIssuer();
    const { http } = await openProjects(platform, { ...trust(), global }, declared);
    await http.get('/projects').set(bearer(issuer.token())).expect(200);
    expect(issuer.requests.introspection).toBe(1);
  });

  test('the rules beside it go by what the issuer says now', async () => {
    const { issuer, trust } = await openIssuer({ introspectionScope: true });
    const answer = { scope: 'projects:write' };
    const token = issuer.opaqueToken({ answer });
    const onHandler = [RequireScopes('projects:write'), RequireLive()];
    const { http, reached } = await openProjects(platform, trust(), { onHandler });
    await http.get('/projects').set(bearer(token)).expect(200);
    answer.scope = 'projects:read';
    expect(answerOf(await http.get('/projects').set(bearer(token)))).toEqual(insufficientScope('projects:write'));
    expect(reached).toHaveLength(1);
  });
});
