import { Body, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { notFound } from '../../errors/refusal.js';
import { AuthorizationServer } from '../../server/authorization-server.js';
import { ManagementController } from '../management-controller.decorator.js';
import { type Query as QueryValues, readPage, toList } from '../read-page.js';
import { readNewOrganization, readOrganizationChange } from './directory-body.js';
import { toOrganizationResource } from './directory-resource.js';

/** The server's own organizations. These routes do not exist if the application supplies a directory. */
@ManagementController('organizations')
export class OrganizationsController {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  @Get()
  async list(@Query() query: QueryValues): Promise<object> {
    return toList(await this.organizations.list(readPage(query)), toOrganizationResource);
  }

  @Post()
  async create(@Body() body: unknown): Promise<object> {
    return toOrganizationResource(await this.organizations.create(readNewOrganization(body)));
  }

  @Get(':id')
  async get(@Param('id') id: string): Promise<object> {
    const found = await this.organizations.find(id);
    if (found === undefined) throw notFound('Organization');
    return toOrganizationResource(found);
  }

  @Put(':id')
  async update(@Param('id') id: string, @Body() body: unknown): Promise<object> {
    return toOrganizationResource(await this.organizations.update(id, readOrganizationChange(body)));
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id') id: string): Promise<void> {
    return this.organizations.remove(id);
  }

  private get organizations() {
    if (this.server.options.organizations !== undefined) throw notFound('Route');
    return this.server.parts.organizations;
  }
}
