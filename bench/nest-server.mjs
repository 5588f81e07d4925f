// One Nest 12 server with the route behind one guard. Started by serve-requests.mjs, pinned to a core of its own.
import 'reflect-metadata';
import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { guards } from './nest-guards.mjs';

const { GUARD, ISSUER, AUDIENCE, JWK } = process.env;
const protection = guards[GUARD]({ issuer: ISSUER, audience: AUDIENCE, jwk: JSON.parse(JWK) });

// Decorators by hand: this is JavaScript.
class ProjectsController {
  list() {
    return [{ id: 'project_1', name: 'Rocket skates' }];
  }
}
Get()(ProjectsController.prototype, 'list', Object.getOwnPropertyDescriptor(ProjectsController.prototype, 'list'));
Controller('projects')(ProjectsController);
if (protection.guards.length > 0) UseGuards(...protection.guards)(ProjectsController);

class BenchModule {}
Module({ imports: protection.imports, controllers: [ProjectsController] })(BenchModule);

const app = await NestFactory.create(BenchModule, { logger: false });
await app.listen(0, '127.0.0.1');
process.send(app.getHttpServer().address().port);
process.once('disconnect', () => process.exit(0));
