import { expect, test } from '@jest/globals';
import { manage } from '../kit/client.js';
import { openServer } from '../kit/open-server.js';
import { idLike, seen, unauthorized, unknown } from './shapes.js';

const routesOf = (path: string, canUpdate: boolean) =>
  [
    ['GET', path, undefined],
    ['POST', path, {}],
    ['GET', `${path}/some`, undefined],
    ...(canUpdate ? [['PUT', `${path}/some`, {}] as const] : []),
    ['DELETE', `${path}/some`, undefined],
  ] as const;

const organizations = routesOf('/organizations', true);
const users = routesOf('/user_management/users', true);
const memberships = routesOf('/user_management/organization_memberships', false);

const asked: string[] = [];
const theirs = {
  find: async (id: string) => {
    asked.push(id);
    return id === 'their-acme' ? { id, name: 'Acme' } : undefined;
  },
};

test('organizations of another system: no routes for ours, and theirs may have applications', async () => {
  const server = await openServer({ organizations: theirs });
  for (const [method, path, body] of [...organizations, ...memberships]) {
    expect({ method, path, ...seen(await manage(server, method, path, body)) }).toEqual({
      method,
      path,
      ...unknown('Route'),
    });
  }
  expect(seen(await manage(server, 'GET', '/organizations', undefined, { authorization: '' }))).toEqual(unauthorized);
  expect((await manage(server, 'POST', '/user_management/users', { email: 'ada@acme.test' })).status).toBe(201);

  const create = (organization_id: string) =>
    manage(server, 'POST', '/connect/applications', { name: 'M', application_type: 'm2m', organization_id });
  expect(seen(await create('their-globex'))).toEqual(unknown('Organization'));
  expect(await create('their-acme')).toMatchObject({
    status: 201,
    body: { id: idLike('conn_app_'), organization_id: 'their-acme' },
  });
  expect(asked).toEqual(['their-globex', 'their-acme']);
  const { body } = await manage(server, 'GET', '/connect/applications');
  expect(body.data).toEqual([expect.objectContaining({ organization_id: 'their-acme' })]);
  await server.close();
});

test('users of another system: no routes for ours, and organizations stay ours', async () => {
  const server = await openServer({ users: { find: async () => undefined, isMember: async () => false } });
  for (const [method, path, body] of [...users, ...memberships]) {
    expect({ method, path, ...seen(await manage(server, method, path, body)) }).toEqual({
      method,
      path,
      ...unknown('Route'),
    });
  }
  expect((await manage(server, 'POST', '/organizations', { name: 'Acme' })).status).toBe(201);
  await server.close();
});

test('while a directory fails nothing is decided, and only the log hears of it', async () => {
  const failing = { find: () => Promise.reject(new Error('the password is Marker4711')) };
  const server = await openServer({ organizations: failing });
  const body = { name: 'M', application_type: 'm2m', organization_id: 'their-acme' };
  const answer = await manage(server, 'POST', '/connect/applications', body);
  expect(seen(answer)).toEqual({
    status: 503,
    body: { message: 'The server cannot reach what it needs.', code: 'temporarily_unavailable' },
  });
  expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect((await manage(server, 'GET', '/connect/applications')).body.data).toEqual([]);
  expect(server.log).toEqual([expect.stringContaining('the directory of the option organizations failed')]);
  await server.close();
});
