import type { FailureMode } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import { RequireScopes } from '../../src/index.js';
import { answerOf, insufficientScope, invalidToken, issuerUnavailable, missingToken } from '../answers.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';

const modes: readonly FailureMode[] = ['error500', 'refused', 'reset', 'html', 'empty', 'redirect'];

describe.each(platforms)('%s', (platform) => {
  describe.each(modes)('an issuer that fails by %s', (mode) => {
    test('a token whose key is not known yet: 503 and Retry-After, no challenge, never 401', async () => {
      const { issuer, trustKeysOnly } = await openIssuer();
      issuer.fail('all', mode);
      const { http, reached, errors } = await openProjects(platform, { ...trustKeysOnly(), global: true });
      const answers = [];
      for (let at = 0; at < 3; at += 1) answers.push(answerOf(await http.get('/projects').set(bearer(issuer.token()))));
      expect(answers).toEqual(Array(3).fill(issuerUnavailable('1')));
      expect([reached, errors]).toEqual([[], []]);
    });

    test('introspection to fall back on fails as well: 503 for a JWT and for an opaque token', async () => {
      const { issuer, trust } = await openIssuer();
      issuer.fail('all', mode);
      for (const token of [issuer.token(), issuer.opaqueToken()]) {
        const { http, reached } = await openProjects(platform, { ...trust(), global: true });
        expect(answerOf(await http.get('/projects').set(bearer(token)))).toEqual(issuerUnavailable('1'));
        expect(reached).toEqual([]);
      }
    });
  });

  test('known keys go on serving, for tokens seen before and for new ones', async () => {
    const { issuer, trustKeysOnly } = await openIssuer();
    const { http } = await openProjects(platform, { ...trustKeysOnly(), global: true });
    const known = issuer.token();
    await http.get('/projects').set(bearer(known)).expect(200);
    issuer.fail('all', 'error500');
    for (const token of [known, issuer.token(), known]) await http.get('/projects').set(bearer(token)).expect(200);
  });

  test('an issuer that never answers: 503 after five seconds', async () => {
    const { issuer, clock, trustKeysOnly } = await openIssuer();
    issuer.fail('jwks', 'hang');
    const { http, reached } = await openProjects(platform, { ...trustKeysOnly(), global: true });
    const asking = http.get('/projects').set(bearer(issuer.token())).then(answerOf);
    await issuer.whenInFlight('jwks');
    clock.advanceMs(5_000);
    expect([await asking, reached]).toEqual([issuerUnavailable('1'), []]);
  });

  test('it is back: tokens are accepted again as soon as Retry-After says', async () => {
    const { issuer, clock, trustKeysOnly } = await openIssuer();
    issuer.fail('all', 'error500');
    const { http } = await openProjects(platform, { ...trustKeysOnly(), global: true });
    const { retryAfter } = answerOf(await http.get('/projects').set(bearer(issuer.token())));
    issuer.recover();
    clock.advanceSeconds(Number(retryAfter));
    await http.get('/projects').set(bearer(issuer.token())).expect(200);
  });

  test('what needs no issuer is refused as ever: no token, and a token that is hopeless', async () => {
    const { issuer, trust } = await openIssuer();
    issuer.fail('all', 'error500');
    const { http } = await openProjects(platform, { ...trust(), global: true });
    expect(answerOf(await http.get('/projects'))).toEqual(missingToken);
    expect(answerOf(await http.get('/projects').set(bearer(issuer.flaws.unsigned())))).toEqual(invalidToken);
    expect(issuer.requests.total).toBe(0);
  });

  test('keys that cannot be had, introspection that can: the issuer’s word lets pass, and gives no scope', async () => {
    const { issuer, trust } = await openIssuer();
    issuer.fail('jwks', 'error500');
    const { http } = await openProjects(platform, { ...trust(), global: true });
    await http.get('/projects').set(bearer(issuer.token())).expect(200);
    const scoped = await openProjects(platform, trust(), { onHandler: [RequireScopes('projects:read')] });
    const answer = await scoped.http.get('/projects').set(bearer(issuer.token()));
    expect(answerOf(answer)).toEqual(insufficientScope('projects:read'));
  });
});
