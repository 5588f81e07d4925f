import { describe, expect, test } from '@jest/globals';
import { Controller, Get, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern, type MicroserviceOptions, Transport } from '@nestjs/microservices';
import {
  ConnectAuthGuard,
  ConnectAuthModule,
  type ConnectAuthModuleExtras,
  Public,
  RequireUser,
} from '../../src/index.js';
import { createNest } from '../open-nest.js';
import { faultOf, starters, trust } from './start.js';

@Controller()
class UndecidedController {
  @Get()
  list() {}

  @MessagePattern('list')
  handle() {}
}

@Controller()
class DecidedController {
  @Get()
  list() {}

  @MessagePattern('list')
  @UseGuards(ConnectAuthGuard)
  handle() {}

  @MessagePattern('add')
  @RequireUser()
  add() {}

  @MessagePattern('ping')
  @Public()
  ping() {}
}

@Controller()
class TwofoldController {
  @Get()
  @MessagePattern('list')
  list() {}
}

const undecided = (place: string) => expect.stringContaining(`neither protected nor public: ${place} (rpc). Put`);

// A testing module is made before anybody knows that it will serve HTTP.
describe.each(starters)('%s', (_starter, start) => {
  test.each<[extras: ConnectAuthModuleExtras, controller: new () => object, fault: unknown]>([
    [{ global: true }, UndecidedController, undecided('UndecidedController.handle')],
    [{ global: true, checkRoutes: true }, UndecidedController, undecided('UndecidedController.handle')],
    [{ global: true, checkRoutes: false }, UndecidedController, undefined],
    [{}, UndecidedController, undefined],
    [{ global: true }, TwofoldController, undecided('TwofoldController.list')],
    [{ global: true }, DecidedController, undefined],
    [{ checkRoutes: true }, DecidedController, expect.stringContaining('DecidedController.list (http). Put')],
  ])('beside an HTTP server no global guard stands before messages: %p with %p', async (extras, controller, fault) => {
    expect(await faultOf(start(extras, { controllers: [controller] }))).toEqual(fault);
  });
});

describe('a microservice alone', () => {
  async function startMicroservice(extras: ConnectAuthModuleExtras, controller: new () => object) {
    const root = {
      module: class AppModule {},
      imports: [ConnectAuthModule.forRoot({ ...trust, ...extras })],
      controllers: [controller],
    };
    const options: MicroserviceOptions = { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } };
    const app = await NestFactory.createMicroservice(root, { ...options, logger: false, abortOnError: false });
    try {
      await app.init();
    } finally {
      await app.close();
    }
  }

  test('has its global guard before every message', async () => {
    expect(await faultOf(startMicroservice({ global: true }, UndecidedController))).toBeUndefined();
  });

  test('without it, undecided messages are found on demand', async () => {
    expect(await faultOf(startMicroservice({ checkRoutes: true }, UndecidedController))).toEqual(
      expect.stringContaining('UndecidedController.handle (rpc)'),
    );
  });
});

test('a hybrid application that is decided starts, and serves both', async () => {
  const app = await createNest('Express', {
    imports: [ConnectAuthModule.forRoot({ ...trust, global: true })],
    controllers: [DecidedController],
  });
  app.connectMicroservice<MicroserviceOptions>(
    { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } },
    { inheritAppConfig: true },
  );
  await expect(app.startAllMicroservices().then(() => app.init())).resolves.toBeDefined();
});
