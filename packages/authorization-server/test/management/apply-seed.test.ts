import { ConfigurationError } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { type AuthorizationServerOptions, applySeed } from '../../src/index.js';
import { organizations, users } from '../../src/storage/schema/directory.js';
import { manage } from '../kit/client.js';
import { openServer } from '../kit/open-server.js';

const nobody = { find: async () => undefined, isMember: async () => false };
const seed = {
  applications: [{ client_id: 'client_cli', name: 'CLI', application_type: 'oauth', is_first_party: true }],
  api_keys: [{ name: 'ci' }],
};
const cases: [string, Partial<AuthorizationServerOptions>, object][] = [
  ['organizations', { organizations: nobody }, { organizations: [{ id: 'org_acme', name: 'Acme' }] }],
  ['users', { users: nobody }, { users: [{ id: 'user_ada', email: 'ada@acme.test' }] }],
];

test.each(cases)(
  'a seed with %s is refused where they are in another system, and nothing is written',
  async (name, options, foreign) => {
    const server = await openServer(options);
    const seeding = (async () => applySeed(server.server, { ...seed, ...foreign }))();
    await expect(seeding).rejects.toThrow(ConfigurationError);
    await expect(seeding).rejects.toThrow(`seed file: ${name}: belong to the directory of the option ${name}`);
    const { storage } = server.server.parts.context;
    expect(await storage.db.select().from(organizations)).toEqual([]);
    expect(await storage.db.select().from(users)).toEqual([]);
    expect(await server.server.parts.apiKeys.list()).toEqual([]);
    expect((await manage(server, 'GET', '/connect/applications')).body.data).toEqual([]);
    expect(server.events.filter(({ actor }) => actor.type === 'command')).toEqual([]);

    expect(await applySeed(server.server, seed)).toMatchObject({ organizations: 0, users: 0, applications: 1 });
    const { body } = await manage(server, 'GET', '/connect/applications');
    expect(body.data).toEqual([expect.objectContaining({ client_id: 'client_cli' })]);
    await server.close();
  },
);

test('what is wrong with a seed comes by the promise, as everything else does', async () => {
  const server = await openServer({ organizations: nobody });
  for (const wrong of [{ organizations: [{ id: 'org_acme', name: 'Acme' }] }, { organisations: [] }]) {
    const told = await applySeed(server.server, wrong).catch((error: unknown) => error);
    expect(told).toBeInstanceOf(ConfigurationError);
  }
  await server.close();
});
