import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  NotFoundException,
  RateLimitExceededException,
  UnauthorizedException,
  UnprocessableEntityException,
  type WorkOS,
} from '@workos-inc/node';
import { openServer, type TestServer } from '../kit/open-server.js';
import { sdkFor, thrownBy } from './open-sdk.js';
import { idLike } from './shapes.js';

let server: TestServer;
let workos: WorkOS;
let organizationId: string;
beforeAll(async () => {
  server = await openServer();
  workos = sdkFor(server);
  organizationId = (await workos.organizations.createOrganization({ name: 'Acme' })).id;
});
afterAll(() => server.close());

test('401: UnauthorizedException', async () => {
  const thrown = await thrownBy(sdkFor(server, 'sk_wrong').connect.listApplications());
  expect(thrown).toBeInstanceOf(UnauthorizedException);
  expect(thrown).toMatchObject({ status: 401, requestID: idLike('request_') });
});

test('404: NotFoundException', async () => {
  const thrown = await thrownBy(workos.connect.getApplication({ id: 'conn_app_unknown' }));
  expect(thrown).toBeInstanceOf(NotFoundException);
  const said = { message: 'Application not found.', code: 'entity_not_found', requestID: idLike('request_') };
  expect(thrown).toMatchObject({ status: 404, ...said });
});

test('404 for a login that nobody waits with: nobody can sign in yet', async () => {
  const user = { id: 'user_1', email: 'wile@acme.example' };
  const thrown = await thrownBy(workos.connect.completeOAuth2({ externalAuthId: 'ext_auth_1', user }));
  expect(thrown).toBeInstanceOf(NotFoundException);
  expect(thrown).toMatchObject({ message: 'External authentication session not found.', code: 'entity_not_found' });
});

test('422: UnprocessableEntityException, which names what is wrong', async () => {
  const thrown = await thrownBy(workos.connect.createOAuthApplication('', true, undefined, ['a b']));
  expect(thrown).toBeInstanceOf(UnprocessableEntityException);
  expect(thrown).toMatchObject({ status: 422, requestID: idLike('request_') });
  expect(thrown.message).toContain('name_invalid');
});

test('422 without fields: its message arrives', async () => {
  const { id } = await workos.connect.createM2MApplication('Full', organizationId);
  for (let at = 0; at < 5; at += 1) await workos.connect.createApplicationClientSecret({ id });
  const thrown = await thrownBy(workos.connect.createApplicationClientSecret({ id }));
  expect(thrown).toBeInstanceOf(UnprocessableEntityException);
  expect(thrown).toMatchObject({ code: 'client_secret_limit_reached' });
  expect(thrown.message).toContain('at most 5 client secrets');
});

test('429: RateLimitExceededException, with the time to wait', async () => {
  const limited = await openServer({ rateLimit: () => ({ retryAfterSeconds: 6.2 }) });
  const thrown = await thrownBy(sdkFor(limited).connect.listApplications());
  expect(thrown).toBeInstanceOf(RateLimitExceededException);
  const said = { message: 'Too many requests.', retryAfter: 7, requestID: idLike('request_') };
  expect(thrown).toMatchObject({ status: 429, ...said });
  await limited.close();
});
