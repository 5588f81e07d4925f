import { Body, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { notFound } from '../../errors/refusal.js';
import { AuthorizationServer } from '../../server/authorization-server.js';
import { ManagementController } from '../management-controller.decorator.js';
import { type Query as QueryValues, readPage, readText, toList } from '../read-page.js';
import { readNewUser, readUserChange } from './directory-body.js';
import { toUserResource } from './directory-resource.js';

/** The server's own users. These routes do not exist if the application supplies a directory. */
@ManagementController('user_management/users')
export class UsersController {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  @Get()
  async list(@Query() query: QueryValues): Promise<object> {
    const filter = { email: readText(query, 'email'), organizationId: readText(query, 'organization_id') };
    return toList(await this.users.list(readPage(query), filter), toUserResource);
  }

  @Post()
  async create(@Body() body: unknown): Promise<object> {
    return toUserResource(await this.users.create(readNewUser(body)));
  }

  @Get(':id')
  async get(@Param('id') id: string): Promise<object> {
    const found = await this.users.find(id);
    if (found === undefined) throw notFound('User');
    return toUserResource(found);
  }

  @Put(':id')
  async update(@Param('id') id: string, @Body() body: unknown): Promise<object> {
    return toUserResource(await this.users.update(id, readUserChange(body)));
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id') id: string): Promise<void> {
    return this.users.remove(id);
  }

  private get users() {
    if (this.server.options.users !== undefined) throw notFound('Route');
    return this.server.parts.users;
  }
}
