import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { ConnectStrategy } from '../../src/index.js';
import { answerOf, invalidRequest, missingToken } from '../answers.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

async function open(options = {}) {
  const { issuer, trust } = await openIssuer();
  return { issuer, ...openApi([new ConnectStrategy(trust(), options)]) };
}

test('no Authorization header: 401 with a challenge that names no error', async () => {
  const { app, reached, errors } = await open();
  expect(answerOf(await request(app).get('/projects'))).toEqual(missingToken);
  expect([reached, errors]).toEqual([[], []]);
});

test.each(['Basic Y2xpZW50OnNlY3JldA==', 'DPoP eyJhbGciOiJFUzI1NiJ9.e30.AA', 'token', ''])(
  '"%s" counts as no token',
  async (authorization) => {
    const { app } = await open();
    expect(answerOf(await request(app).get('/projects').set({ authorization }))).toEqual(missingToken);
  },
);

test('a good token in the query or in another header counts as no token', async () => {
  const { app, issuer } = await open();
  const token = issuer.token();
  expect(answerOf(await request(app).get(`/projects?access_token=${token}`))).toEqual(missingToken);
  const answer = await request(app).get('/projects').set('X-Access-Token', `Bearer ${token}`);
  expect(answerOf(answer)).toEqual(missingToken);
});

describe('400 invalid_request, with the challenge, which Passport sends with a 401 only', () => {
  test('two Authorization headers, both with a good token', async () => {
    const { app, issuer, arrived, reached, errors } = await open();
    const values = [`Bearer ${issuer.token()}`, `Bearer ${issuer.token()}`];
    const answer = await request(app)
      .get('/projects')
      .set('Authorization', values as never);
    expect(answerOf(answer)).toEqual(invalidRequest);
    expect([reached, errors]).toEqual([[], []]);
    expect(arrived[0]?.rawHeaders.filter((name) => /^authorization$/i.test(name))).toHaveLength(2);
  });

  test.each([
    ['no token behind Bearer', () => 'Bearer'],
    ['two tokens in one header', (token: string) => `Bearer ${token}, Bearer ${token}`],
  ])('%s', async (_form, authorization) => {
    const { app, issuer, reached } = await open();
    const answer = await request(app)
      .get('/')
      .set({ authorization: authorization(issuer.token()) });
    expect(answerOf(answer)).toEqual(invalidRequest);
    expect(reached).toEqual([]);
  });

  test('a second token in the query', async () => {
    const { app, issuer } = await open();
    const answer = await request(app).get(`/?access_token=${issuer.token()}`).set(bearer(issuer.token()));
    expect(answerOf(answer)).toEqual(invalidRequest);
  });
});

test('the challenge names the realm and the metadata that the options give', async () => {
  const resourceMetadata = 'https://api.test/.well-known/oauth-protected-resource';
  const { app } = await open({ realm: 'projects "v2"', resourceMetadata });
  const { challenge } = answerOf(await request(app).get('/projects'));
  expect(challenge).toBe(`Bearer realm="projects \\"v2\\"", resource_metadata="${resourceMetadata}"`);
});
