import { expect, test } from '@jest/globals';
import { createM2m, post } from '../kit/client.js';
import { open } from './open.js';

// Whoever names a client without its secret must not write its name as theirs into the audit trail.

const server = await open();
const { clientId, credentials } = await createM2m(server);
const asked = { grant_type: 'client_credentials' };

async function eventOf(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await post(server, path, form, headers);
  const requestId = answer.headers.get('x-request-id');
  return { status: answer.status, events: server.events.filter(({ http }) => http?.request_id === requestId) };
}

const wrong = { client_id: clientId, client_secret: 'x' };
const basic = { authorization: `Basic ${Buffer.from(`${clientId}:x`).toString('base64')}` };

test.each([
  ['token.refused', '/oauth2/token', { ...asked, ...wrong }, {}],
  ['token.refused', '/oauth2/token', asked, basic],
  ['token.introspection_refused', '/oauth2/introspection', { ...wrong, token: 'x' }, {}],
  ['token.revocation_refused', '/oauth2/revoke', { ...wrong, token: 'x' }, {}],
] as [string, string, Record<string, string>, Record<string, string>][])(
  '%s at %s with a wrong secret: about the client, by nobody who is known',
  async (action, path, form, headers) => {
    const { status, events } = await eventOf(path, form, headers);
    expect(status).toBe(401);
    expect(events).toEqual([
      expect.objectContaining({
        action,
        decision: 'deny',
        reason: 'invalid_client',
        http: { method: 'POST', route: path, request_id: expect.anything() },
        details: { client_id: clientId, error_detail: expect.any(String) },
      }),
    ]);
    expect(events[0]?.actor).toEqual({ type: 'anonymous', id: 'anonymous' });
    expect(events[0]?.application).toBeUndefined();
  },
);

test.each([
  ['token.refused', '/oauth2/token', { ...asked, ...credentials, scope: 'admin' }, 'invalid_scope'],
  ['token.introspection_refused', '/oauth2/introspection', credentials, 'invalid_request'],
] as [string, string, Record<string, string>, string][])(
  '%s at %s with the right secret: about the client, and by it',
  async (action, path, form, error) => {
    const { status, events } = await eventOf(path, form);
    expect(status).toBe(400);
    expect(events).toEqual([
      expect.objectContaining({
        action,
        decision: 'deny',
        application: { client_id: clientId },
        reason: error,
        details: { error_detail: expect.any(String) },
      }),
    ]);
    expect(events[0]?.actor).toEqual({ type: 'm2m_client', id: clientId });
  },
);

test('a client that nobody knows is not named at all', async () => {
  const { events } = await eventOf('/oauth2/token', { ...asked, client_id: 'client_x', client_secret: 'x' });
  expect(events).toEqual([
    expect.objectContaining({ action: 'token.refused', actor: { type: 'anonymous', id: 'anonymous' } }),
  ]);
  expect(events[0]?.application).toBeUndefined();
  expect(events[0]?.details).not.toHaveProperty('client_id');
  expect(JSON.stringify(events)).not.toContain('client_x');
});
