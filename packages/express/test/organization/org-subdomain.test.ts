import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type OrgSubdomainOptions, orgSubdomain } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { openOrgApi, openWorld, type World } from './open-org-api.js';
import { ambiguous, forbidden, notFound } from './refusals.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

const labels = new Map([
  ['acme', 'org_A'],
  ['globex', 'org_B'],
]);
const options: OrgSubdomainOptions = { domain: 'api.example.com', orgOf: (label) => labels.get(label) };

describe.each(expressVersions)('%s', (_name, express) => {
  const open = (overrides: Partial<OrgSubdomainOptions> = {}, trustProxy: unknown = false) =>
    openOrgApi(express, world, (app, handler) => {
      app.set('trust proxy', trustProxy);
      app.get('/projects', orgSubdomain({ ...options, ...overrides }), handler);
    });
  const at = (host: string, more = {}) => ['/projects', { headers: { host, ...more } }] as const;

  test.each(['acme.api.example.com', 'acme.api.example.com:8443', 'ACME.Api.EXAMPLE.com', 'acme.api.example.com.'])(
    '%s is the own: 200',
    async (host) => {
      const { ask } = await open();
      expect(await ask(...at(host))).toMatchObject({ status: 200, body: '{"org":"org_A"}' });
    },
  );

  test.each(['api.example.com', 'api.example.com:80', '127.0.0.1', '[::1]:80', 'acme.example.org'])(
    '%s asserts nothing: 200, for the organization of the token',
    async (host) => {
      const { ask } = await open();
      expect(await ask(...at(host))).toMatchObject({ status: 200, body: '{"org":"org_A"}' });
    },
  );

  test.each([
    'globex.api.example.com',
    'GLOBEX.api.example.com:443',
    'globex.api.example.com.',
    'nobody.api.example.com',
    'eu.globex.api.example.com',
    'globex.acme.api.example.com',
    'x.acme.api.example.com',
    'acme..api.example.com',
  ])('%s is another’s or nobody’s: 403, and the handler is not reached', async (host) => {
    const { ask, reached } = await open();
    expect(await ask(...at(host))).toEqual(forbidden);
    expect(reached).toEqual([]);
  });

  test('told to hide: 404 for both', async () => {
    const { ask } = await open({ foreign: 'hide' });
    expect(await ask(...at('globex.api.example.com'))).toEqual(notFound);
    expect(await ask(...at('nobody.api.example.com'))).toEqual(notFound);
  });

  test('the host that a proxy names counts where Express trusts it, and only there', async () => {
    const forwarded = { 'x-forwarded-host': 'globex.api.example.com' };
    const [trusting, wary] = [await open({}, true), await open()];
    expect(await trusting.ask(...at('acme.api.example.com', forwarded))).toEqual(forbidden);
    expect(await wary.ask(...at('acme.api.example.com', forwarded))).toMatchObject({ status: 200 });
    expect(await wary.ask(...at('globex.api.example.com', { 'x-forwarded-host': 'acme.api.example.com' }))).toEqual(
      forbidden,
    );
  });

  test('it may be looked up somewhere, and what fails there goes to the error handler', async () => {
    const { ask } = await open({ orgOf: (label) => setImmediate(labels.get(label)) });
    expect(await ask(...at('acme.api.example.com'))).toMatchObject({ status: 200 });
    expect(await ask(...at('globex.api.example.com'))).toEqual(forbidden);

    const bug = new Error('no directory');
    for (const orgOf of [
      () => Promise.reject(bug),
      () => {
        throw bug;
      },
    ]) {
      const broken = await open({ orgOf });
      expect(await broken.ask(...at('acme.api.example.com'))).toMatchObject({ status: 500, body: 'kept' });
      expect([broken.reached, broken.errors]).toEqual([[], [bug]]);
    }
  });

  test.each<[found: unknown, refusal: unknown]>([
    ['', forbidden],
    [null, forbidden],
    [['org_A'], ambiguous],
    [{ org: 'org_A' }, ambiguous],
  ])('a lookup that finds %j lets nobody pass', async (found, refusal) => {
    const { ask, reached } = await open({ orgOf: () => found as string });
    expect(await ask(...at('acme.api.example.com'))).toEqual(refusal);
    expect(reached).toEqual([]);
  });

  test('is asked for what stands in front, in lower case, and for no other host', async () => {
    const asked: string[] = [];
    const { ask } = await open({
      orgOf: (label) => {
        asked.push(label);
        return 'org_A';
      },
    });
    for (const host of [
      'AcMe.api.example.com',
      'api.example.com',
      'acme.api.example.com.evil.test',
      'acmeapi.example.com',
    ]) {
      await ask(...at(host));
    }
    expect(asked).toEqual(['acme']);
  });
});
