import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Inject } from '@nestjs/common';
import {
  ConnectAuthHealthIndicator,
  ConnectAuthModule,
  ConnectAuthVerifier,
  Public,
  RequireLive,
} from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';

@Controller()
class RootController {
  constructor(@Inject(ConnectAuthHealthIndicator) private readonly connectAuth: ConnectAuthHealthIndicator) {}

  @Get('health')
  @Public()
  health() {
    return this.connectAuth.isHealthy();
  }

  @Get('live')
  @RequireLive()
  live() {}
}

const secret = 'hvs.SECRET';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s: what went wrong is for the log, and not for everybody', (platform) => {
  test('keys that cannot be had from where the application keeps them', async () => {
    const { issuer, trustKeysOnly } = world;
    const { jwksUri: _, ...options } = { jwksUri: undefined, ...trustKeysOnly() };
    const source = () => Promise.reject(new Error(`GET https://vault.test/v1/kv?token=${secret} failed`));
    const imports = [ConnectAuthModule.forRoot({ ...options, keys: { source }, global: true })];
    const { app, http } = await openNest(platform, { imports, controllers: [RootController] });
    await http.get('/live').set(bearer(issuer.token())).expect(503);
    const down = { issuer: issuer.issuer, keys: { usable: false, count: 0 } };
    expect((await http.get('/health')).body).toEqual({ 'connect-auth': { status: 'down', issuers: [down] } });
    const [health] = app.get(ConnectAuthVerifier).health().issuers;
    expect(health?.keys.lastError).toContain(secret);
  });

  test('an introspection endpoint that does not answer', async () => {
    const { issuer, trust } = await openIssuer();
    const { app, http } = await openNest(platform, {
      imports: [ConnectAuthModule.forRoot(trust())],
      controllers: [RootController],
    });
    issuer.fail('introspection', 'error500');
    await http.get('/live').set(bearer(issuer.token())).expect(503);
    const verifier = app.get(ConnectAuthVerifier);
    const [health] = verifier.health().issuers;
    expect(health?.introspection).toEqual({ breaker: 'closed', lastError: expect.any(String) });
    const { keys, introspection } = { keys: health?.keys, introspection: { breaker: 'closed' } };
    expect((await http.get('/health')).body).toEqual({
      'connect-auth': { status: 'up', issuers: [{ issuer: issuer.issuer, keys, introspection }] },
    });
  });
});
