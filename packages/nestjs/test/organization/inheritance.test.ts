import { beforeAll, describe, expect, test } from '@jest/globals';
import { Body, Controller, Get, Post, type Type } from '@nestjs/common';
import { OrgBody, OrgHeader, OrgOwned, OrgParam, OrgStamp, Owned, Public } from '../../src/index.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { type Http, platforms } from '../open-nest.js';
import { callerOf, openControllers } from './open-controllers.js';
import { findProject, type Project } from './projects.js';

const load = (id: string) => findProject(id);

class OnMethodBase {
  @Get(':orgId')
  @OrgParam('orgId')
  list() {}
}

@OrgParam('orgId')
class OnClassBase {
  @Get(':orgId')
  list() {}
}

@Controller('inherits-method')
class InheritsMethod extends OnMethodBase {}

@Controller('inherits-class')
class InheritsClass extends OnClassBase {}

@Controller('inherits-twice')
class InheritsTwice extends InheritsClass {}

@Controller('overrides-method')
class OverridesMethod extends OnMethodBase {
  @Get(':orgId')
  override list() {}
}

@Controller('overrides-class')
class OverridesClass extends OnClassBase {
  @Get(':orgId')
  override list() {}

  @Get('more/:orgId')
  more() {}
}

/** What it says of headers leaves standing what its base says of the path. */
@Controller('adds')
@OrgHeader('x-org-id')
class AddsHeader extends OnClassBase {}

@Controller('narrows')
class Narrows extends OnMethodBase {
  @Get(':orgId')
  @OrgHeader('x-org-id')
  override list() {}
}

@Controller('opens')
class Opens extends OnClassBase {
  @Get(':orgId')
  @Public()
  override list() {}
}

class ProjectBase {
  @Get(':orgId')
  @OrgOwned({ type: 'project', param: 'orgId', load })
  one(@Owned() { id }: Project) {
    return { id };
  }
}

@Controller('resource')
class InheritsResource extends ProjectBase {}

@Controller('overrides-resource')
class OverridesResource extends ProjectBase {
  @Get(':orgId')
  override one(@Owned() { id }: Project) {
    return { id };
  }
}

type Row = readonly [type: Type, path: string, other: number, asksOfHeader: boolean];
const rows: readonly Row[] = [
  [InheritsMethod, '/inherits-method', 404, false],
  [InheritsClass, '/inherits-class', 404, false],
  [InheritsTwice, '/inherits-twice', 404, false],
  [OverridesMethod, '/overrides-method', 404, false],
  [OverridesClass, '/overrides-class', 404, false],
  [OverridesClass, '/overrides-class/more', 404, false],
  [AddsHeader, '/adds', 404, true],
  [Narrows, '/narrows', 404, true],
  [Opens, '/opens', 200, false],
];

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  describe.each([true, false])('global: %p', (global) => {
    let http: Http;
    beforeAll(async () => {
      const types = [...new Set(rows.map(([type]) => type))];
      ({ http } = await openControllers(platform, world, types, { global }));
    });

    test.each(rows)('%p at %s', async (_type, path, other, asksOfHeader) => {
      const ask = (org: string) => http.get(`${path}/${org}`).set(callerOf(world, 'org_A'));
      expect((await ask('org_A')).status).toBe(200);
      expect((await ask('org_B')).status).toBe(other);
      const { status } = await ask('org_A').set('x-org-id', 'org_B');
      expect(asksOfHeader ? [400, 403] : [200]).toContain(status);
    });
  });

  test.each([
    [InheritsResource, '/resource'],
    [OverridesResource, '/overrides-resource'],
  ])('%p at %s hands over what its base loads', async (type, path) => {
    const { http } = await openControllers(platform, world, [type], { global: true });
    await http.get(`${path}/p_A`).set(callerOf(world, 'org_A')).expect(200, { id: 'p_A' });
    await http.get(`${path}/p_B`).set(callerOf(world, 'org_A')).expect(404);
  });

  test('what a base says of bodies holds for methods that override its own', async () => {
    const seen: unknown[] = [];
    class WritingBase {
      @Post('stamped')
      @OrgStamp()
      stamped(@Body() body: unknown) {
        seen.push(body);
      }

      @Post('asserted')
      @OrgBody('org_id')
      asserted(@Body() body: unknown) {
        seen.push(body);
      }
    }
    @Controller('writes')
    class WritingController extends WritingBase {
      @Post('stamped')
      override stamped(@Body() body: unknown) {
        seen.push(body);
      }

      @Post('asserted')
      override asserted(@Body() body: unknown) {
        seen.push(body);
      }
    }
    const { http } = await openControllers(platform, world, [WritingController], { global: true });
    const post = (path: string) => http.post(path).set(callerOf(world, 'org_A')).send({ org_id: 'org_B' });
    await post('/writes/stamped').expect(201);
    await post('/writes/asserted').expect(403);
    expect(seen).toEqual([{ org_id: 'org_A' }]);
  });
});
