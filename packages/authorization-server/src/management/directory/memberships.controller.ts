import { Body, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { Membership } from '../../directory/memberships.js';
import { notFound } from '../../errors/refusal.js';
import { AuthorizationServer } from '../../server/authorization-server.js';
import { ManagementController } from '../management-controller.decorator.js';
import { type Query as QueryValues, readPage, readText, toList } from '../read-page.js';
import { readNewMembership } from './directory-body.js';
import { toMembershipResource } from './directory-resource.js';

/** The memberships of users in organizations. These routes do not exist if the application supplies a directory. */
@ManagementController('user_management/organization_memberships')
export class MembershipsController {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  @Get()
  async list(@Query() query: QueryValues): Promise<object> {
    const filter = { userId: readText(query, 'user_id'), organizationId: readText(query, 'organization_id') };
    const page = await this.memberships.list(readPage(query), filter);
    const names = await this.namesOf(page.data);
    return toList(page, (one) => toMembershipResource(one, names.get(one.organizationId) ?? ''));
  }

  @Post()
  async create(@Body() body: unknown): Promise<object> {
    return this.toResource(await this.memberships.create(readNewMembership(body)));
  }

  @Get(':id')
  async get(@Param('id') id: string): Promise<object> {
    const found = await this.memberships.find(id);
    if (found === undefined) throw notFound('Organization membership');
    return this.toResource(found);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id') id: string): Promise<void> {
    return this.memberships.remove(id);
  }

  private async toResource(membership: Membership): Promise<object> {
    const names = await this.namesOf([membership]);
    return toMembershipResource(membership, names.get(membership.organizationId) ?? '');
  }

  private async namesOf(memberships: readonly Membership[]): Promise<Map<string, string>> {
    const ids = new Set(memberships.map(({ organizationId }) => organizationId));
    const found = await Promise.all([...ids].map((id) => this.server.parts.organizations.find(id)));
    return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.id, one.name]])));
  }

  private get memberships() {
    const { organizations, users } = this.server.options;
    if (organizations !== undefined || users !== undefined) throw notFound('Route');
    return this.server.parts.memberships;
  }
}
