// Boots a Nest application where none of the packages is installed that are optional, and asks it without a token.
import { ConnectAuthModule, RequireScopes } from '@connect-auth/nestjs';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

for (const optional of ['@nestjs/passport', '@nestjs/swagger', '@nestjs/websockets', '@nestjs/microservices']) {
  const found = await import(optional).then(
    () => true,
    () => false,
  );
  if (found) throw new Error(`${optional} is installed: this is to be tried without`);
}

class ProjectsController {
  list() {
    return [];
  }
}
const descriptor = Object.getOwnPropertyDescriptor(ProjectsController.prototype, 'list');
Get()(ProjectsController.prototype, 'list', descriptor);
RequireScopes('projects:read')(ProjectsController.prototype, 'list', descriptor);
Controller('projects')(ProjectsController);

class AppModule {}
const connectAuth = ConnectAuthModule.forRoot({ issuer: 'http://127.0.0.1:9', audience: 'projects', global: true });
Module({ imports: [connectAuth], controllers: [ProjectsController] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
await app.listen(0, '127.0.0.1');
const { status, headers } = await fetch(`http://127.0.0.1:${app.getHttpServer().address().port}/projects`);
await app.close();
if (status !== 401 || headers.get('www-authenticate') !== 'Bearer realm="api"') throw new Error(`answered ${status}`);
