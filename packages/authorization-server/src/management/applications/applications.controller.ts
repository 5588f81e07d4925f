import { Body, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { invalid } from '../../errors/refusal.js';
import { AuthorizationServer } from '../../server/authorization-server.js';
import { ManagementController } from '../management-controller.decorator.js';
import { type Query as QueryValues, readPage, readText, toList } from '../read-page.js';
import { readApplicationChange, readNewApplication } from './application-body.js';
import { toApplicationResource } from './application-resource.js';

/** Applications, addressed by their id or their client id. */
@ManagementController('connect/applications')
export class ApplicationsController {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  @Get()
  async list(@Query() query: QueryValues): Promise<object> {
    const filter = {
      organizationId: readText(query, 'organization_id'),
      registrationTypes: readRegistrationTypes(query),
    };
    return toList(await this.applications.list(readPage(query), filter), toApplicationResource);
  }

  @Post()
  async create(@Body() body: unknown): Promise<object> {
    return toApplicationResource(await this.applications.create(readNewApplication(body)));
  }

  @Get(':id')
  async get(@Param('id') id: string): Promise<object> {
    return toApplicationResource(await this.applications.get(id));
  }

  @Put(':id')
  async update(@Param('id') id: string, @Body() body: unknown): Promise<object> {
    return toApplicationResource(await this.applications.update(id, readApplicationChange(body)));
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id') id: string): Promise<void> {
    return this.applications.remove(id);
  }

  private get applications() {
    return this.server.parts.applications;
  }
}

/** Reads a comma-separated list. Default: those not registered dynamically. @throws Refusal `invalid` */
function readRegistrationTypes(query: QueryValues): ('authenticated' | 'dynamic')[] | undefined {
  const types = readText(query, 'registration_types')?.split(',');
  const known = types?.filter((type) => type === 'authenticated' || type === 'dynamic');
  if (types?.length === known?.length) return known;
  throw invalid({
    field: 'registration_types',
    code: 'registration_types_invalid',
    message: 'registration_types must be a list of authenticated, dynamic.',
  });
}
