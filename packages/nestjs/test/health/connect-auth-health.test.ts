import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { ConnectAuthHealthIndicator, ConnectAuthModule, ConnectAuthVerifier, Public } from '../../src/index.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';

@Controller('health')
class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(ConnectAuthHealthIndicator) private readonly connectAuth: ConnectAuthHealthIndicator,
  ) {}

  @Get()
  @Public()
  @HealthCheck()
  check() {
    return this.health.check([() => this.connectAuth.isHealthy()]);
  }

  @Get('named')
  @Public()
  @HealthCheck()
  named() {
    return this.health.check([() => this.connectAuth.isHealthy('issuer')]);
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  const open = () =>
    openNest(platform, {
      imports: [
        ConnectAuthModule.forRoot({ ...world.trust(), global: true }),
        TerminusModule.forRoot({ logger: false }),
      ],
      controllers: [HealthController],
    });

  test.each([
    ['/health', 'connect-auth'],
    ['/health/named', 'issuer'],
  ])('%s is down before there are keys, and up from then on', async (path, key) => {
    const { app, http } = await open();
    const down = await http.get(path);
    expect([down.status, down.body.status, Object.keys(down.body.error)]).toEqual([503, 'error', [key]]);
    expect(down.body.error[key].status).toBe('down');
    await app.get(ConnectAuthVerifier).ready();
    const up = await http.get(path);
    expect([up.status, up.body.status, Object.keys(up.body.info)]).toEqual([200, 'ok', [key]]);
    expect(up.body.details[key]).toMatchObject({ status: 'up', issuers: [{ issuer: world.issuer.issuer }] });
  });

  test('with an issuer that is down it says so, and asks nobody itself', async () => {
    const { issuer, trust } = await openIssuer();
    issuer.fail('all', 'error500');
    const { app, http } = await openNest(platform, {
      imports: [ConnectAuthModule.forRoot(trust()), TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
    });
    await app
      .get(ConnectAuthVerifier)
      .ready()
      .catch(() => undefined);
    issuer.resetRequests();
    for (let at = 0; at < 3; at += 1) await http.get('/health').expect(503);
    expect(issuer.requests.total).toBe(0);
  });

  test('no answer holds a secret, up or down', async () => {
    const { app, http } = await open();
    const texts = [(await http.get('/health')).text];
    await app.get(ConnectAuthVerifier).verify(world.issuer.token());
    texts.push((await http.get('/health')).text);
    expect(texts.join()).not.toContain(world.issuer.client.clientSecret);
  });
});
