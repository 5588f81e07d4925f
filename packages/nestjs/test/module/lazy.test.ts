import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { LazyModuleLoader } from '@nestjs/core';
import { ConnectAuthModule, ConnectAuthVerifier } from '../../src/index.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';
import { projectsController } from '../open-projects.js';

describe.each(platforms)('%s: loaded while the application runs', (platform) => {
  test('with global: true it is refused: no route would be guarded', async () => {
    const { trust } = await openIssuer();
    const { app } = await openNest(platform, { controllers: [projectsController({})] });
    const loading = app.get(LazyModuleLoader).load(() => ConnectAuthModule.forRoot({ ...trust(), global: true }));
    await expect(loading).rejects.toEqual(
      new ConfigurationError('global', 'comes too late: routes were bound before this module was loaded'),
    );
  });

  test('without global it gives its verifier', async () => {
    const { issuer, trust } = await openIssuer();
    const { app, http } = await openNest(platform, { controllers: [projectsController({})] });
    const module = await app.get(LazyModuleLoader).load(() => ConnectAuthModule.forRoot(trust()));
    const { orgId } = await module.get(ConnectAuthVerifier).verify(issuer.token({ org: 'org_B' }));
    expect(orgId).toBe('org_B');
    await http.get('/projects').set(bearer(issuer.token())).expect(200, { org: null });
  });
});
