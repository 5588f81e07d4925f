import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { orgBody, orgHeader, orgParam, orgQuery, orgSubdomain } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import type { Asked } from './ask.js';
import { openOrgApi, openWorld, type World } from './open-org-api.js';
import { ambiguous, forbidden, notFound } from './refusals.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

const domain = 'api.test';
const places: Record<string, () => RequestHandler> = {
  path: () => orgParam('orgId'),
  header: () => orgHeader('X-Org-Id'),
  query: () => orgQuery('org_id'),
  subdomain: () => orgSubdomain({ domain, orgOf: (label) => `org_${label.toUpperCase()}` }),
  body: () => orgBody('org_id'),
};
const names = Object.keys(places);
const pairs = names.flatMap((first) =>
  names.filter((each) => each !== first).map((second) => [first, second] as const),
);

/** A request that names organization A everywhere, but another in one place. */
const naming = (other: string | undefined): [path: string, asked: Asked] => {
  const at = (place: string) => (place === other ? 'org_B' : 'org_A');
  return [
    `/orgs/${at('path')}?org_id=${at('query')}`,
    {
      method: 'POST',
      headers: {
        'x-org-id': at('header'),
        host: `${at('subdomain').slice(-1)}.${domain}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ org_id: at('body') }),
    },
  ];
};

describe.each(expressVersions)('%s', (_name, express) => {
  const open = (...chain: string[]) =>
    openOrgApi(express, world, (app, handler) => {
      app.use(express.json());
      app.post('/orgs/:orgId', ...chain.map((place) => places[place]?.() as RequestHandler), handler);
    });

  test('all places that name the own organization: 200', async () => {
    const { ask } = await open(...names);
    expect(await ask(...naming(undefined))).toMatchObject({ status: 200, body: '{"org":"org_A"}' });
  });

  test.each(pairs)('%s names the own and %s, asked later, another: 400', async (first, second) => {
    const { ask, reached } = await open(first, second);
    expect(await ask(...naming(second))).toEqual(ambiguous);
    expect(reached).toEqual([]);
  });

  test.each(pairs)('%s names another and %s, asked later, the own: refused by the first', async (first, second) => {
    const { ask, reached } = await open(first, second);
    expect(await ask(...naming(first))).toEqual(first === 'path' ? notFound : forbidden);
    expect(reached).toEqual([]);
  });

  test.each(pairs)('%s and %s name the same other organization: refused by the first', async (first, second) => {
    const { askAs, reached } = await open(first, second);
    expect(await askAs(world.tokens.B, ...naming(undefined))).toEqual(first === 'path' ? notFound : forbidden);
    expect(reached).toEqual([]);
  });

  test('two parameters of the path that disagree: 400', async () => {
    const { ask, reached } = await openOrgApi(express, world, (app, handler) =>
      app.get('/orgs/:orgId/shared/:with', orgParam('orgId'), orgParam('with'), handler),
    );
    expect(await ask('/orgs/org_A/shared/org_B')).toEqual(ambiguous);
    expect(await ask('/orgs/org_A/shared/org_A')).toMatchObject({ status: 200 });
    expect(reached).toHaveLength(1);
  });

  test('what one request named says nothing of the next on the same connection', async () => {
    const { ask } = await open(...names);
    expect(await ask(...naming('query'))).toEqual(ambiguous);
    expect(await ask(...naming(undefined))).toMatchObject({ status: 200 });
  });
});
