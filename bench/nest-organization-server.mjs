// The same route as in organization-server.mjs, in Nest 12. Started by organization-frame.mjs, pinned to a core of its own.
import 'reflect-metadata';
import { ConnectAuthModule } from '@connect-auth/nestjs';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { routes } from './nest-organization-routes.mjs';
import { serveApp } from './serve-app.mjs';

const { GUARD, ISSUER: issuer, AUDIENCE: audience, ORG_ID: orgId } = process.env;
const { decorators, answer, parameters = [] } = routes[GUARD]({ orgId });

// Decorators by hand: this is JavaScript.
class ProjectController {}
ProjectController.prototype.one = answer;
const method = Object.getOwnPropertyDescriptor(ProjectController.prototype, 'one');
for (const decorate of [Get(':id'), ...decorators]) decorate(ProjectController.prototype, 'one', method);
parameters.forEach((decorate, at) => {
  decorate(ProjectController.prototype, 'one', at);
});
Controller('orgs/:orgId/projects')(ProjectController);

class BenchModule {}
const imports = GUARD === 'bare' ? [] : [ConnectAuthModule.forRoot({ issuer, audience })];
Module({ imports, controllers: [ProjectController] })(BenchModule);

const app = await NestFactory.create(BenchModule, { logger: false });
await app.init();
serveApp(app.getHttpServer());
