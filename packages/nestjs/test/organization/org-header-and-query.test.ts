import type { IncomingMessage } from 'node:http';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { sendBytes } from '../../../express/test/wire/send-bytes.js';
import { OrgHeader, OrgParam, OrgQuery } from '../../src/index.js';
import { type Answer, answerOf, missingToken, orgRequired } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms, portOf } from '../open-nest.js';
import { notFound, orgAmbiguous } from './answers.js';
import { callerOf, openControllers } from './open-controllers.js';

const reached: string[] = [];

@Controller('projects')
@OrgHeader('X-Org-Id')
class ProjectsController {
  @Get()
  @OrgQuery('org_id')
  list() {
    reached.push('list');
    return {};
  }

  @Get('hidden')
  @OrgHeader('x-org', { foreign: 'hide' })
  @OrgQuery('org', { foreign: 'hide' })
  hidden() {
    reached.push('hidden');
    return {};
  }

  @Get('of/:orgId')
  @OrgParam('orgId')
  @OrgQuery('org_id')
  inPath() {
    reached.push('inPath');
    return {};
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});
beforeEach(() => {
  reached.length = 0;
});

const good = 'let in';
const rows: readonly (readonly [path: string, headers: Record<string, string>, expected: Answer | typeof good])[] = [
  ['/projects', {}, good],
  ['/projects', { 'X-ORG-ID': 'org_A' }, good],
  ['/projects?org_id=org_A', { 'x-org-id': 'org_A' }, good],
  ['/projects?%6Frg_id=org%5FA&page=2', {}, good],
  ['/projects', { 'x-org-id': 'org_B' }, orgRequired],
  ['/projects', { 'x-org-id': 'ORG_A' }, orgRequired],
  ['/projects', { 'x-org-id': '' }, orgRequired],
  ['/projects', { 'x-org-id': 'org_A, org_A' }, orgRequired],
  ['/projects?org_id=org_B', {}, orgRequired],
  ['/projects?org_id=', {}, orgRequired],
  ['/projects?org_id', {}, orgRequired],
  ['/projects?org_id=ORG_A', {}, orgRequired],
  ['/projects?%6Frg_id=org_B', {}, orgRequired],
  ['/projects?a=?&org_id=org_B', {}, orgRequired],
  ['/projects?org_id=org_A&org_id=org_A', {}, orgAmbiguous],
  ['/projects?org_id=org_A&org_id=org_B', {}, orgAmbiguous],
  ['/projects?org_id[]=org_A', {}, orgAmbiguous],
  ['/projects?org_id%5B0%5D=org_B', {}, orgAmbiguous],
  ['/projects?org_id[x]=org_B', {}, orgAmbiguous],
  ['/projects?org_id=org_A', { 'x-org-id': 'org_B' }, orgAmbiguous],
  ['/projects/hidden', { 'x-org': 'org_A', 'x-org-id': 'org_A' }, good],
  // Two headers are two things to ask about: the one on the method does not settle the other.
  ['/projects/hidden', { 'x-org-id': 'org_B' }, orgRequired],
  ['/projects/hidden', { 'x-org': 'org_B' }, notFound],
  ['/projects/hidden?org=org_B', {}, notFound],
  ['/projects/of/org_A?org_id=org_A', { 'x-org-id': 'org_A' }, good],
  ['/projects/of/org_A', { 'x-org-id': 'org_B' }, orgAmbiguous],
  ['/projects/of/org_B', {}, notFound],
];

describe.each(platforms)('%s', (platform) => {
  let nest: Awaited<ReturnType<typeof openNest>>;
  beforeAll(async () => {
    nest = await openControllers(platform, world, [ProjectsController]);
  });

  test.each(rows)('%s with %p', async (path, headers, expected) => {
    const answer = await nest.http.get(path).set({ ...callerOf(world, 'org_A'), ...headers });
    if (expected === good) expect(answer.status).toBe(200);
    else expect(answerOf(answer)).toEqual(expected);
    expect(reached).toHaveLength(expected === good ? 1 : 0);
  });

  test.each([
    ['/projects/of/org_B?org_id=org_A', {}],
    ['/projects/of/org_A?org_id=org_B', {}],
    ['/projects?org_id=org_B', { 'x-org-id': 'org_A' }],
    ['/projects?org_id=org_A', { 'x-org-id': 'org_B' }],
  ])('places that disagree are refused, whichever is right: %s with %p', async (path, headers) => {
    const answer = await nest.http.get(path).set({ ...callerOf(world, 'org_A'), ...headers });
    expect([400, 403, 404]).toContain(answer.status);
    expect(reached).toEqual([]);
  });

  test('a header that is there twice names more than one organization', async () => {
    const { authorization } = callerOf(world, 'org_A');
    for (const values of [
      ['org_A', 'org_A'],
      ['org_A', 'org_B'],
      ['org_B', 'org_A'],
    ]) {
      const lines = [`Authorization: ${authorization}`, ...values.map((value) => `x-org-id: ${value}`)];
      const request = ['GET /projects HTTP/1.1', 'Host: api.test', ...lines, 'Connection: close'].join('\r\n');
      const received = await sendBytes(portOf(nest.app), `${request}\r\n\r\n`);
      expect(received).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect(reached).toEqual([]);
  });

  test('nobody, and a caller that acts for no organization', async () => {
    expect(answerOf(await nest.http.get('/projects'))).toEqual(missingToken);
    expect(answerOf(await nest.http.get('/projects').set(callerOf(world, null)))).toEqual(orgRequired);
  });

  test('a header is not overlooked where the server keeps no raw headers', async () => {
    const forget = (request: IncomingMessage, _response: unknown, next: () => void) => {
      Object.defineProperty(request, 'rawHeaders', { value: [] });
      next();
    };
    const prepare = (app: Awaited<ReturnType<typeof openNest>>['app']) => app.use(forget);
    const { http } = await openControllers(platform, world, [ProjectsController], { prepare });
    const answer = await http.get('/projects').set({ ...callerOf(world, 'org_A'), 'x-org-id': 'org_B' });
    expect(answerOf(answer)).toEqual(orgRequired);
    expect(reached).toEqual([]);
  });
});
