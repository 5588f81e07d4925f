import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth } from '../../src/index.js';
import { answerOf, invalidRequest, missingToken } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(expressVersions)('%s', (_name, express) => {
  const open = () => openApi(express, connectAuth(world.trust()));

  test('no Authorization header: 401 with a challenge that names no error', async () => {
    const { app, reached } = open();
    expect(answerOf(await request(app).get('/projects'))).toEqual(missingToken);
    expect(reached).toEqual([]);
  });

  test.each([
    ['Basic', 'Basic Y2xpZW50OnNlY3JldA=='],
    ['Digest', 'Digest username="ada"'],
    ['DPoP', 'DPoP eyJhbGciOiJFUzI1NiJ9.e30.AA'],
    ['a scheme that begins like Bearer', 'BearerToken abc'],
    ['a bare word', 'token'],
    ['an empty value', ''],
  ])('%s counts as no token: 401 with a challenge that names no error', async (_scheme, authorization) => {
    const { app, reached } = open();
    expect(answerOf(await request(app).get('/projects').set({ authorization }))).toEqual(missingToken);
    expect(reached).toEqual([]);
  });

  test.each(['X-Authorization', 'Proxy-Authorization', 'X-Access-Token', 'Cookie'])(
    'a good token in %s counts as no token',
    async (name) => {
      const { app, reached } = open();
      const token = world.issuer.token();
      const answer = await request(app)
        .get('/projects')
        .set(name, name === 'Cookie' ? `a=${token}` : `Bearer ${token}`);
      expect(answerOf(answer)).toEqual(missingToken);
      expect(reached).toEqual([]);
    },
  );

  test.each([
    ['no token behind Bearer', () => 'Bearer'],
    ['two tokens', () => `Bearer ${world.issuer.token()} ${world.issuer.token()}`],
    ['two credentials in one value', () => `Bearer ${world.issuer.token()}, Basic YTpi`],
    ['a quoted token', () => `Bearer "${world.issuer.token()}"`],
    ['a parameter behind the token', () => `Bearer ${world.issuer.token()}; charset=utf-8`],
    ['a tab instead of a space', () => `Bearer\t${world.issuer.token()}`],
    ['a character that no token has', () => `Bearer ${'a'.repeat(10_000)}!`],
  ])('%s: 400 invalid_request', async (_form, authorization) => {
    const { app, reached } = open();
    expect(answerOf(await request(app).get('/projects').set({ authorization: authorization() }))).toEqual(
      invalidRequest,
    );
    expect(reached).toEqual([]);
  });

  test('the scheme is Bearer in any case (RFC 9110 §11.1)', async () => {
    const { app } = open();
    for (const scheme of ['bearer', 'BEARER', 'bEaReR']) {
      await request(app)
        .get('/')
        .set({ authorization: `${scheme} ${world.issuer.token()}` })
        .expect(200);
    }
  });

  describe('access_token in the query', () => {
    test('alone: ignored, 401 with a challenge that names no error', async () => {
      const { app, reached } = open();
      const answer = await request(app).get(`/projects?access_token=${world.issuer.token()}`);
      expect(answerOf(answer)).toEqual(missingToken);
      expect(reached).toEqual([]);
    });

    test.each(['access_token', 'access%5Ftoken', '%61ccess_token'])(
      'as %s beside the token in the header: 400 invalid_request (RFC 6750 §2)',
      async (name) => {
        const { app, reached } = open();
        const [first, second] = [world.issuer.token(), world.issuer.token()];
        const answer = await request(app).get(`/projects?page=2&${name}=${second}`).set(bearer(first));
        expect(answerOf(answer)).toEqual(invalidRequest);
        expect(reached).toEqual([]);
      },
    );
  });
});
