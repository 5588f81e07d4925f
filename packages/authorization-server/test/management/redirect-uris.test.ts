import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { manage, post } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { createOauth, createSecret } from './create.js';
import { refusal, seen } from './shapes.js';

const path = '/connect/applications';
const marker = 'Marker4711';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const oauth = { name: 'Web', application_type: 'oauth', is_first_party: true };
const at = (uri: unknown) => ({ redirect_uris: [{ uri }] });

const flaws: [uri: unknown, problem: string][] = [
  [`javascript:alert('${marker}')`, 'must not use javascript:'],
  [`JavaScript:alert('${marker}')`, 'must not use javascript:'],
  [`data:text/html,${marker}`, 'must not use data:'],
  [`vbscript:${marker}`, 'must not use vbscript:'],
  [`file:///${marker}`, 'must not use file:'],
  [`blob:https://app.test/${marker}`, 'must not use blob:'],
  [`about:${marker}`, 'must not use about:'],
  [`wss://app.test/${marker}`, 'must not use wss:'],
  [`mailto:${marker}@app.test`, 'must not use mailto:'],
  [`tel:${marker}`, 'must not use tel:'],
  [`sms:${marker}`, 'must not use sms:'],
  [`intent:${marker}`, 'must not use intent:'],
  [`Intent://app.test/#Intent;package=${marker};end`, 'must have no fragment'],
  [`view-source:https://app.test/${marker}`, 'must not use view-source:'],
  [`chrome://settings/${marker}`, 'must not use chrome:'],
  // Nothing comes after the scheme: no application is told from another.
  ['x://', 'must be an absolute URI'],
  ['myapp:', 'must be an absolute URI'],
  ['myapp:///', 'must be an absolute URI'],
  [`http://app.test/${marker}`, 'must use https, except on localhost'],
  [`http://localhost.app.test/${marker}`, 'must use https, except on localhost'],
  [`http://127.0.0.2/${marker}`, 'must use https, except on localhost'],
  [`https://app.test/${marker}#`, 'must have no fragment'],
  [`https://app.test/#${marker}`, 'must have no fragment'],
  [`https://${marker}@app.test/`, 'must have no credentials'],
  [`https://:${marker}@app.test/`, 'must have no credentials'],
  [`https://*.app.test/${marker}`, 'must have no wildcard'],
  [`https://app.test/${marker}/*`, 'must have no wildcard'],
  [`/${marker}`, 'must be an absolute URI'],
  ['', 'must be an absolute URI'],
  // A browser would mend these, and then they are another URI than the one that was registered.
  [`https:app.test/${marker}`, 'must be an absolute URI'],
  [` https://app.test/${marker}`, 'must be an absolute URI'],
  [`https://app.test/${marker}\n`, 'must be an absolute URI'],
  [4711, 'must be of type string'],
  [`https://app.test/${'x'.repeat(2_048)}`, 'must have at most 2048'],
];

describe.each(flaws)('%j', (uri, problem) => {
  const refused = refusal(['redirect_uris.0.uri', 'redirect_uris_0_uri_invalid', `redirect_uris.0.uri ${problem}.`]);

  test('is not created, and not repeated', async () => {
    const answer = await manage(server, 'POST', path, { ...oauth, ...at(uri) });
    expect(seen(answer)).toEqual(refused);
    expect(JSON.stringify(answer.body)).not.toContain(marker);
  });

  test('does not come in by a change', async () => {
    const { id } = await createOauth(server, at('https://app.test/'));
    expect(seen(await manage(server, 'PUT', `${path}/${id}`, at(uri)))).toEqual(refused);
  });
});

describe.each([
  ['https', ['https://app.test/callback?a=b']],
  ['https in capitals', ['HTTPS://App.Test/Callback']],
  ['https on localhost', ['https://localhost:3000/callback']],
  ['http on localhost', ['http://localhost:3000/callback']],
  ['http on 127.0.0.1', ['http://127.0.0.1/callback']],
  ['http on ::1', ['http://[::1]:3000/callback']],
  ['a scheme of its own', ['com.example.app:/cb']],
  ['a scheme of its own without a dot', ['myapp://callback']],
  ['https beside http on the machine', ['https://app.test/callback', 'http://localhost:3000/callback']],
  ['https and http on localhost', ['https://localhost:3000/callback', 'http://localhost:3001/callback']],
  ['none', []],
])('%s', (_kind, uris) => {
  test('is kept to the letter, and the application can use the OAuth endpoints', async () => {
    const { id, client_id, redirect_uris } = await createOauth(server, { redirect_uris: uris.map((uri) => ({ uri })) });
    expect(redirect_uris).toEqual(uris.map((uri, index) => ({ uri, default: index === 0 })));

    const { secret: client_secret } = await createSecret(server, id);
    const form = { client_id, client_secret, token: 'unknown' };
    expect(seen(await post(server, '/oauth2/introspection', form))).toEqual({ status: 200, body: { active: false } });
    if (uris[0] === undefined) return; // There is nowhere to send a code.
    const code = { grant_type: 'authorization_code', code: 'unknown', redirect_uri: uris[0] };
    const refused = await post(server, '/oauth2/token', { client_id, client_secret, ...code });
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

test('https on localhost and a scheme of its own are two kinds of application', async () => {
  const redirect_uris = ['https://localhost/callback', 'com.example.app:/callback'].map((uri) => ({ uri }));
  const message = 'redirect_uris must not have both https on localhost and a scheme of its own.';
  const refused = refusal(['redirect_uris', 'redirect_uris_invalid', message]);
  expect(seen(await manage(server, 'POST', path, { ...oauth, redirect_uris }))).toEqual(refused);
  const { id } = await createOauth(server);
  expect(seen(await manage(server, 'PUT', `${path}/${id}`, { redirect_uris }))).toEqual(refused);
});

describe('the default', () => {
  const [one, two, three] = ['https://app.test/1', 'https://app.test/2', 'https://app.test/3'];

  test.each([
    ['the first, where none is named', [{ uri: one }, { uri: two }], one],
    [
      'the first, where each says no',
      [
        { uri: one, default: false },
        { uri: two, default: null },
      ],
      one,
    ],
    ['the one that says so', [{ uri: one }, { uri: two, default: true }, { uri: three }], two],
  ])('is %s', async (_rule, redirect_uris, uri) => {
    const created = await createOauth(server, { redirect_uris });
    expect(created.redirect_uris).toEqual(redirect_uris.map((each) => ({ uri: each.uri, default: each.uri === uri })));
    const { body } = await manage(server, 'PUT', `${path}/${created.id}`, { redirect_uris });
    expect(body.redirect_uris).toEqual(created.redirect_uris);
  });

  test('is one: two are refused', async () => {
    const redirect_uris = [one, two].map((uri) => ({ uri, default: true }));
    const refused = refusal(['redirect_uris', 'multiple_defaults', 'Only one redirect URI can be the default.']);
    expect(seen(await manage(server, 'POST', path, { ...oauth, redirect_uris }))).toEqual(refused);
    const { id } = await createOauth(server);
    expect(seen(await manage(server, 'PUT', `${path}/${id}`, { redirect_uris }))).toEqual(refused);
  });

  test('must be true or false', async () => {
    const redirect_uris = [{ uri: one, default: marker }];
    expect(seen(await manage(server, 'POST', path, { ...oauth, redirect_uris }))).toEqual(
      refusal([
        'redirect_uris.0.default',
        'redirect_uris_0_default_invalid',
        'redirect_uris.0.default must be of type boolean.',
      ]),
    );
  });
});
