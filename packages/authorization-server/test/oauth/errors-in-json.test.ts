import { expect, test } from '@jest/globals';
import { createM2m, post } from '../kit/client.js';
import { open } from './open.js';

const server = await open();
const m2m = await createM2m(server);
const wrong = { client_id: m2m.clientId, client_secret: 'x' };
const asked = { grant_type: 'client_credentials' };

test.each([
  ['/oauth2/token', 'invalid_client', 401, { ...asked, ...wrong }],
  ['/oauth2/token', 'invalid_scope', 400, { ...asked, ...m2m.credentials, scope: 'admin' }],
  ['/oauth2/token', 'unsupported_grant_type', 400, { grant_type: 'password', ...m2m.credentials }],
  ['/oauth2/token', 'invalid_request', 400, asked],
  ['/oauth2/introspection', 'invalid_client', 401, { ...wrong, token: 'x' }],
  ['/oauth2/introspection', 'invalid_request', 400, m2m.credentials],
  ['/oauth2/revoke', 'invalid_client', 401, { ...wrong, token: 'x' }],
])('%s, %s: JSON, also for a browser', async (path, error, status, form) => {
  for (const accept of ['text/html', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8']) {
    const answer = await post(server, path, form, { accept });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/json; charset=utf-8']);
    expect(answer.body).toMatchObject({ error, error_description: expect.any(String) });
  }
});
