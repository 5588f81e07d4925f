import { describe, expect, test } from '@jest/globals';
import { nestVersion } from '../answers.js';
import { openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';

describe.each(platforms)('%s', (platform) => {
  // Nest 11's ExpressAdapter.reply replaces the type of the body of every error by application/json.
  const type = platform === 'Express' && nestVersion === 11 ? 'application/json' : 'application/problem+json';

  test(`a refusal is ${type}, a good answer what it always is`, async () => {
    const { issuer, trust } = await openIssuer();
    const { http } = await openProjects(platform, { ...trust(), global: true });
    expect((await http.get('/projects')).headers['content-type']).toBe(`${type}; charset=utf-8`);
    const good = await http.get('/projects').set('Authorization', `Bearer ${issuer.token()}`);
    expect(good.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(good.headers).not.toHaveProperty('www-authenticate');
  });
});
