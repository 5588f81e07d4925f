import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Body, Controller, Injectable, type PipeTransform, Post, UsePipes } from '@nestjs/common';
import { OrgBody, OrgId, OrgStamp } from '../../src/index.js';
import { answerOf, orgRequired } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { orgAmbiguous } from './answers.js';
import { callerOf, openControllers } from './open-controllers.js';

const reached: unknown[] = [];
const piped: unknown[] = [];

/** As a pipe that validates: it makes a copy of what it is given, and the handler sees the copy. */
@Injectable()
class CopyingPipe implements PipeTransform {
  transform(value: unknown) {
    piped.push(structuredClone(value));
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : value;
  }
}

@Controller('projects')
@UsePipes(CopyingPipe)
class ProjectsController {
  @Post('stamped')
  @OrgStamp()
  stamped(@Body() body: unknown) {
    reached.push(body);
    return { body };
  }

  @Post('renamed')
  @OrgStamp('tenant')
  renamed(@Body() body: unknown) {
    reached.push(body);
    return { body };
  }

  @Post('asserted')
  @OrgBody('org_id')
  asserted(@Body() body: unknown) {
    reached.push(body);
    return {};
  }

  /** Stamps whatever comes, also where its parameters are of other kinds. */
  @Post('field')
  @OrgStamp()
  field(@Body('org_id') orgId: unknown, @OrgId() own: string) {
    reached.push([orgId, own]);
    return {};
  }
}

@Controller('class')
@OrgStamp()
class StampingController {
  @Post('plain')
  plain(@Body() body: unknown) {
    reached.push(body);
    return {};
  }

  /** Stamps under another name, in the place of its class. */
  @Post('renamed')
  @OrgStamp('tenant')
  renamed(@Body() body: unknown) {
    reached.push(body);
    return {};
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});
beforeEach(() => {
  reached.length = 0;
  piped.length = 0;
});

const own = 'org_A';
const other = 'org_B';

describe.each(platforms)('%s', (platform) => {
  let http: Awaited<ReturnType<typeof openControllers>>['http'];
  beforeAll(async () => {
    ({ http } = await openControllers(platform, world, [ProjectsController, StampingController]));
  });
  const post = (path: string, body: object) => http.post(path).set(callerOf(world, own)).send(body);

  test.each<[name: string, sent: object, seen: object]>([
    ['without an organization', { name: 'x' }, { name: 'x', org_id: own }],
    ['of another', { name: 'x', org_id: other }, { name: 'x', org_id: own }],
    ['of another, spelt otherwise', { orgId: other, Organization_ID: other, 'org-id': [other] }, { org_id: own }],
    ['that is empty', {}, { org_id: own }],
    ['that is a list', [{ org_id: other }, { id: 1 }], [{ org_id: own }, { id: 1, org_id: own }]],
    ['with its own further in', { tasks: [{ orgId: own }] }, { tasks: [{ orgId: own }], org_id: own }],
  ])('@OrgStamp(): a body %s is the caller’s before pipes see it', async (_name, sent, seen) => {
    await post('/projects/stamped', sent).expect(201, { body: seen });
    expect([piped, reached]).toEqual([[seen], [seen]]);
  });

  test.each([
    ['/projects/renamed', { tenant: own, name: 'x' }],
    ['/class/plain', { org_id: own, tenant: other, name: 'x' }],
    ['/class/renamed', { tenant: own, name: 'x' }],
  ])('%s stamps the field that is named nearest to it', async (path, seen) => {
    await post(path, { name: 'x', org_id: other, tenant: other }).expect(201);
    expect(reached).toEqual([seen]);
  });

  test('a parameter that takes one field takes the stamped one', async () => {
    await post('/projects/field', { org_id: other }).expect(201);
    expect([piped, reached]).toEqual([[own, own], [[own, own]]]);
  });

  test.each([
    ['in an object', { task: { org_id: other } }],
    ['in a list', { tasks: [{ id: 1 }, { organizationId: other }] }],
    ['in a member of a list', [{ id: 1 }, { task: { orgId: other } }]],
    ['in a list in a list', { tasks: [[{ org_id: other }]] }],
    ['as a list of ids', { task: { org_id: [own] } }],
  ])('@OrgStamp() refuses another organization’s data further in: %s', async (_where, body) => {
    expect(answerOf(await post('/projects/stamped', body))).toEqual(orgRequired);
    expect([piped, reached]).toEqual([[], []]);
  });

  test('a form is stamped as JSON is', async () => {
    const answer = http.post('/projects/stamped').type('form').set(callerOf(world, own)).send('name=x&org_id=org_B');
    await answer.expect(201, { body: { name: 'x', org_id: own } });
  });

  test('a request without a body has nothing to stamp, and passes', async () => {
    await http.post('/projects/stamped').set(callerOf(world, own)).expect(201);
    expect(reached).toHaveLength(1);
    expect(JSON.stringify(reached)).not.toContain(other);
  });

  test.each<[name: string, body: object, passes: boolean]>([
    ['its own', { org_id: own }, true],
    ['none', { name: 'x' }, true],
    ['its own in each member', [{ org_id: own }, {}], true],
    ['another field', { orgId: other }, true],
    ['another', { org_id: other }, false],
    ['another in one member', [{}, { org_id: other }], false],
    ['another case', { org_id: 'ORG_A' }, false],
    ['an empty one', { org_id: '' }, false],
  ])('@OrgBody(): with %s', async (_name, body, passes) => {
    const answer = await post('/projects/asserted', body);
    if (passes) expect([answer.status, reached]).toEqual([201, [body]]);
    else expect([answerOf(answer), reached, piped]).toEqual([orgRequired, [], []]);
  });

  test.each<[name: string, body: object]>([
    ['a list', { org_id: [own] }],
    ['an object', { org_id: { $ne: own } }],
    ['a number', { org_id: 1 }],
    ['two members that disagree', [{ org_id: own }, { org_id: other }]],
  ])('@OrgBody(): %s is more than one organization', async (_name, body) => {
    expect(answerOf(await post('/projects/asserted', body))).toEqual(orgAmbiguous);
    expect(reached).toEqual([]);
  });

  test.each(['stamped', 'asserted'])('%s: a caller that acts for no organization', async (path) => {
    const answer = await http.post(`/projects/${path}`).set(callerOf(world, null)).send({});
    expect(answerOf(answer)).toEqual(orgRequired);
  });
});
