import { Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { AuthorizationServer } from '../../server/authorization-server.js';
import { ManagementController } from '../management-controller.decorator.js';
import { toClientSecretResource } from './client-secret-resource.js';

/** The credentials of applications. */
@ManagementController('connect')
export class ClientSecretsController {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  /** Returns a plain array without an envelope, as WorkOS does. */
  @Get('applications/:id/client_secrets')
  async list(@Param('id') id: string): Promise<object[]> {
    const { applications, clientSecrets } = this.server.parts;
    return (await clientSecrets.list(await applications.get(id))).map(toClientSecretResource);
  }

  /** Returns the secret: no later response contains it. */
  @Post('applications/:id/client_secrets')
  async create(@Param('id') id: string): Promise<object> {
    const { applications, clientSecrets } = this.server.parts;
    const created = await clientSecrets.create(await applications.get(id));
    return { ...toClientSecretResource(created), secret: created.secret };
  }

  @Delete('client_secrets/:id')
  @HttpCode(204)
  remove(@Param('id') id: string): Promise<void> {
    return this.server.parts.clientSecrets.remove(id);
  }
}
