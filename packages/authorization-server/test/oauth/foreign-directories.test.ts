import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { OrganizationDirectory, UserDirectory } from '../../src/index.js';
import { get, manage, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { stopTimers } from '../kit/stop-timers.js';
import { isActive } from './introspect.js';
import { open } from './open.js';
import { type Consent, consentTo, createOauthClient, redeem, tokensFor } from './user-tokens.js';

// The directories of the application's: what they are asked for, and nothing else, is found.

const acme = { id: 'org_acme', name: 'Acme' };
const wanted = { name: 'Sync', application_type: 'm2m', organization_id: acme.id };

/** Organizations of another system, which answer as they are told, and an application of one of them with a token. */
async function openTheirs() {
  const theirs: { find: OrganizationDirectory['find'] } = { find: async () => acme };
  const server = await open({ organizations: { find: (id) => theirs.find(id) } });
  const { body } = await manage(server, 'POST', '/connect/applications', wanted);
  const secret = await manage(server, 'POST', `/connect/applications/${body.id}/client_secrets`);
  const credentials = { client_id: body.client_id, client_secret: secret.body.secret };
  const asked = { grant_type: 'client_credentials', ...credentials };
  const token: string = (await post(server, '/oauth2/token', asked)).body.access_token;
  const requests = {
    token: () => post(server, '/oauth2/token', asked),
    introspection: () => post(server, '/oauth2/introspection', { ...credentials, token }),
    'a new application': () => manage(server, 'POST', '/connect/applications', wanted),
  };
  return { server, theirs, credentials, token, requests };
}

const strange: [string, unknown][] = [
  ['undefined', undefined],
  ['null', null],
  ['false', false],
  ['a text', acme.id],
  ['another organization', { ...acme, id: 'org_globex' }],
  ['an organization without an id', { name: 'Acme' }],
  ['a list', [acme]],
];

describe('an organization for which the directory answers', () => {
  let scene: Awaited<ReturnType<typeof openTheirs>>;
  beforeAll(async () => {
    scene = await openTheirs();
  });

  test.each(strange)('%s is not there', async (_what, found) => {
    const { server, theirs, requests, credentials, token } = scene;
    theirs.find = async () => found as never;
    const refused = await requests.token();
    expect([refused.status, refused.body.error]).toEqual([400, 'unauthorized_client']);
    const inactive = await requests.introspection();
    expect([inactive.status, inactive.body]).toEqual([200, { active: false }]);
    const unknown = await requests['a new application']();
    expect([unknown.status, unknown.body.code]).toEqual([404, 'entity_not_found']);

    theirs.find = async () => acme;
    expect(await isActive(server, { credentials }, token)).toBe(true);
  });
});

describe('a user', () => {
  const ada = { id: 'user_ada', email: 'ada@acme.test' };
  const answers: [string, Partial<Record<keyof UserDirectory, unknown>>][] = [
    ...strange.map(([what, find]) => [`the directory answers ${what} for`, { find }] as [string, object]),
    ...(
      [
        ['the text true', 'true'],
        ['1', 1],
        ['an object', {}],
        ['null', null],
      ] as const
    ).map(([what, isMember]) => [`whose membership is ${what}, and not true,`, { isMember }] as [string, object]),
  ];

  const right: Record<string, unknown> = { find: ada, isMember: true };
  let told = right;
  let server: TestServer;
  let consented: Consent;
  beforeAll(async () => {
    server = await open({
      users: { find: async () => told.find as never, isMember: async () => told.isMember as never },
    });
    const { id } = (await manage(server, 'POST', '/organizations', { name: 'Acme' })).body;
    const client = await createOauthClient(server, id);
    consented = await consentTo(server, client, { organizationId: id, userId: ada.id, membershipId: '' });
  });

  test.each(answers)('%s has no tokens', async (_what, changed) => {
    told = right;
    const { accessToken } = await tokensFor(consented);
    expect(await isActive(server, consented.client, accessToken)).toBe(true);

    told = { ...right, ...changed };
    const refused = await redeem(consented);
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_grant']);
    expect(await isActive(server, consented.client, accessToken)).toBe(false);
  });
});

describe('a directory that fails is answered 503, and the log says why:', () => {
  const failures: [string, OrganizationDirectory['find']][] = [
    ['it rejects', () => Promise.reject(new Error('crm.test answered 500'))],
    [
      'it throws at once',
      () => {
        throw new Error('crm.test answered 500');
      },
    ],
  ];
  test.each(failures)('%s', async (_how, find) => {
    const { server, theirs, requests } = await openTheirs();
    theirs.find = find;
    for (const [name, request] of Object.entries(requests)) {
      const before = server.log.length;
      const answer = await request();
      expect([name, answer.status, answer.headers.get('retry-after')]).toEqual([name, 503, '5']);
      expect(JSON.stringify(answer.body)).not.toContain('crm');
      expect(server.log.slice(before)).toEqual([
        expect.stringMatching(/the directory of the option organizations failed.*crm\.test answered 500/),
      ]);
    }
  });
});

describe('a directory that never answers', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  test.each(['token', 'introspection', 'a new application'] as const)(
    'is given up after five seconds and not before: %s',
    async (name) => {
      stopTimers();
      const { server, theirs, requests } = await openTheirs();
      const isAsked = new Promise<void>((asked) => {
        theirs.find = () => new Promise(() => asked());
      });
      let isAnswered = false;
      const answering = requests[name]().finally(() => {
        isAnswered = true;
      });
      await isAsked;
      jest.advanceTimersByTime(4_999);
      await expectAlive(server);
      expect(isAnswered).toBe(false);
      jest.advanceTimersByTime(1);
      const answer = await answering;
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(server.log).toEqual([expect.stringContaining('no answer after 5000 ms')]);
    },
  );

  const expectAlive = async (server: TestServer) => expect((await get(server, '/health/live')).status).toBe(200);
});
