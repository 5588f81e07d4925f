import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { Controller, Get, type INestApplication, type Type } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import request from 'supertest';
import { currentAuth, OrgId, Public, RequireOrg } from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { missingToken } from '../ws/message-errors.js';
import {
  closeLater,
  compileModule,
  onLoopback,
  openMicroservice,
  openTcpClient,
  portOf,
  withToken,
} from './open-microservice.js';

@Controller()
class DecidedController {
  @Get() @MessagePattern('org') @RequireOrg() org(@OrgId() orgId: string) {
    return [orgId, currentAuth().orgId];
  }
  @MessagePattern('open') @Public() open() {
    return 'open';
  }
}

/** Over HTTP the global guard stands before it. */
@Controller()
class UndecidedController {
  @Get() list() {
    return currentAuth().orgId;
  }
  @MessagePattern('list') listMessage() {
    return currentAuth().orgId;
  }
}

async function openHybrid(world: OpenIssuer, inheritAppConfig: boolean, controller: Type, checkRoutes = true) {
  const { module } = await compileModule({ ...world.trust(), global: true, checkRoutes }, [controller]);
  const app: INestApplication = module.createNestApplication();
  closeLater(() => app.close());
  const microservice = app.connectMicroservice(onLoopback, { inheritAppConfig });
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { http: request(`http://127.0.0.1:${port}`), ...openTcpClient(portOf(microservice as never)) };
}

describe.each([false, true])('a hybrid application, inheritAppConfig: %p', (inheritAppConfig) => {
  test('guards both, where somebody decided', async () => {
    const world = await openIssuer();
    const { http, send } = await openHybrid(world, inheritAppConfig, DecidedController);
    const token = world.issuer.token({ org: 'org_A' });
    expect((await http.get('/').set(bearer(token))).body).toEqual(['org_A', 'org_A']);
    expect((await http.get('/')).status).toBe(401);
    expect(await send('org', withToken(token))).toEqual({ answer: ['org_A', 'org_A'] });
    expect(await send('org')).toEqual({ error: missingToken });
    expect(await send('open')).toEqual({ answer: 'open' });
  });

  test('does not start where nobody decided about a message: a global guard may not stand before it', async () => {
    const world = await openIssuer();
    await expect(openHybrid(world, inheritAppConfig, UndecidedController)).rejects.toThrow(
      'checkRoutes found routes that are neither protected nor public: UndecidedController.listMessage (rpc). ',
    );
  });

  test('unchecked, the global guard stands before messages only if they inherit it', async () => {
    const world = await openIssuer();
    const { send } = await openHybrid(world, inheritAppConfig, UndecidedController, false);
    const unguarded = { error: { status: 'error', message: 'Internal server error' } }; // currentAuth() throws.
    expect(await send('list')).toEqual(inheritAppConfig ? { error: missingToken } : unguarded);
    const token = world.issuer.token({ org: 'org_A' });
    expect(await send('list', withToken(token))).toEqual(inheritAppConfig ? { answer: 'org_A' } : unguarded);
  });
});

test('a microservice without HTTP: the global guard stands before every message', async () => {
  const { issuer, trust } = await openIssuer();
  const { send } = await openMicroservice({ ...trust(), global: true }, UndecidedController);
  expect(await send('list')).toEqual({ error: missingToken });
  expect(await send('list', withToken(issuer.token({ org: 'org_A' })))).toEqual({ answer: 'org_A' });
});
