import { createVerifier, IssuerUnavailableError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectAuthModule, ConnectAuthVerifier, RequireScopes } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { createNest, openNest, platforms } from '../open-nest.js';
import { projectsController } from '../open-projects.js';

@Injectable()
class Revocations {
  constructor(@Inject(ConnectAuthVerifier) readonly verifier: ConnectAuthVerifier) {}
}

describe.each(platforms)('%s', (platform) => {
  test('the verifier is injected by its type, and is the one that was handed in', async () => {
    const { trust } = await openIssuer();
    const verifier = createVerifier(trust());
    const imports = [ConnectAuthModule.forRoot({ verifier })];
    const { app } = await openNest(platform, { imports, providers: [Revocations] });
    expect(app.get(Revocations).verifier).toBe(verifier);
    expect(app.get(Revocations).verifier.health().issuers).toHaveLength(1);
    await verifier.close();
  });

  test('an own verifier is closed with the application, and refuses from then on', async () => {
    const { issuer, trust } = await openIssuer();
    const { app } = await openNest(platform, { imports: [ConnectAuthModule.forRoot(trust())] });
    const verifier = app.get(ConnectAuthVerifier);
    const token = issuer.token();
    await verifier.verify(token);
    await app.close();
    expect(verifier.recall(token)).toBeUndefined();
    await expect(verifier.verify(token)).rejects.toBeInstanceOf(IssuerUnavailableError);
  });

  test('a verifier that was handed in outlives the application', async () => {
    const { issuer, trust } = await openIssuer();
    const verifier = createVerifier(trust());
    const { app } = await openNest(platform, { imports: [ConnectAuthModule.forRoot({ verifier })] });
    await app.close();
    await expect(verifier.verify(issuer.token())).resolves.toMatchObject({ subject: issuer.client.clientId });
    await verifier.close();
  });
});

describe('waitForKeys', () => {
  test('loads the keys once, before the application listens', async () => {
    const { issuer, trust } = await openIssuer();
    const imports = [ConnectAuthModule.forRoot({ ...trust(), waitForKeys: true, global: true })];
    const app = await createNest('Express', { imports, controllers: [projectsController({})] });
    await app.init();
    expect([issuer.requests.jwks, app.get(ConnectAuthVerifier).health().ready]).toEqual([1, true]);
    await app.listen(0, '127.0.0.1');
    expect(issuer.requests.jwks).toBe(1);
  });

  test('with an issuer that is down the application does not start', async () => {
    const { issuer, trust } = await openIssuer();
    issuer.fail('all', 'error500');
    const app = await createNest('Express', {
      imports: [ConnectAuthModule.forRoot({ ...trust(), waitForKeys: true })],
    });
    await expect(app.init()).rejects.toBeInstanceOf(IssuerUnavailableError);
  });

  test('without it nothing is fetched at start, and an issuer that is down keeps nobody from starting', async () => {
    const { issuer, trust } = await openIssuer();
    issuer.fail('all', 'error500');
    const controllers = [projectsController({ onClass: [RequireScopes('projects:read')] })];
    const { http } = await openNest('Express', { imports: [ConnectAuthModule.forRoot(trust())], controllers });
    await http.get('/projects').expect(401);
    expect(issuer.requests.total).toBe(0);
  });
});
