import { flawNames } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import { openIssuer } from '../open-issuer.js';
import { at, invalidToken } from './answers.js';
import { openGraphql, platforms } from './open-graphql.js';
import { projectsProviders } from './projects.resolver.js';

describe.each(platforms)('Apollo on %s', (platform) => {
  // Apollo's default outside of production, but for tests.
  const includeStacktraceInErrorResponses = true;

  test.each([true, false])(
    'stack traces on, autoTransformHttpErrors %s: nothing of them goes out',
    async (transform) => {
      const { issuer, trust } = await openIssuer();
      const options = { includeStacktraceInErrorResponses, autoTransformHttpErrors: transform };
      const { run } = await openGraphql(platform, trust(), projectsProviders, options);
      const refused = at(invalidToken, 'who');
      const stacktrace = ['AuthException: The access token is not valid'];
      for (const flaw of flawNames) {
        const { errors } = await run('{ who }', issuer.flaws[flaw]());
        expect(errors).toEqual([{ ...refused, extensions: { ...refused.extensions, stacktrace } }]);
      }
    },
  );

  test('the log of the application can have it all: formatError is given the reason', async () => {
    const { issuer, trust } = await openIssuer();
    const seen: unknown[] = [];
    const { run } = await openGraphql(platform, trust(), projectsProviders, {
      formatError(formatted, error) {
        seen.push((error as { originalError?: { authError?: { reason?: string } } }).originalError?.authError?.reason);
        return formatted;
      },
    });
    await run('{ who }', issuer.flaws.expired());
    expect(seen).toEqual(['expired']);
  });
});
