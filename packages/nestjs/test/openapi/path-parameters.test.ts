import { expect, test } from '@jest/globals';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { OrgOwned, OrgParam, Owned } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { findProject, type Project } from '../organization/projects.js';
import { openDocument } from './open-document.js';

const OwnProject = () => OrgOwned({ type: 'project', load: findProject });

@Controller('orgs/:orgId')
@OrgParam('orgId')
class Projects {
  @Get('projects/:id') @OwnProject() owned(@Owned() project: Project) {
    return project;
  }
  @Get('taken/:id') @OwnProject() taken(@Param('id') id: string, @Param('orgId') org: string) {
    return id + org;
  }
  @Get('said/:id')
  @OwnProject()
  @ApiParam({ name: 'id', description: 'in words of one’s own' })
  said() {}
}

test('the parameters that a guard reads are described, each once, and in the words that somebody wrote', async () => {
  const { trust } = await openIssuer();
  const { paths } = await openDocument(trust(), [Projects]);
  const parametersOf = (path: string) =>
    ((paths[path]?.get?.parameters ?? []) as { name: string; in: string; required: boolean; description?: string }[])
      .map((each) => [each.name, each.in, each.required, each.description])
      .sort();
  const [id, orgId] = ['id', 'orgId'].map((name) => [name, 'path', true, undefined]);
  expect(parametersOf('/orgs/{orgId}/projects/{id}')).toEqual([id, orgId]);
  expect(parametersOf('/orgs/{orgId}/taken/{id}')).toEqual([id, orgId]);
  expect(parametersOf('/orgs/{orgId}/said/{id}')).toEqual([['id', 'path', true, 'in words of one’s own'], orgId]);
});
