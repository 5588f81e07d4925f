import { flawNames } from '@connect-auth/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth } from '../../src/index.js';
import { answerOf, invalidToken } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

describe.each(['RS256', 'ES256'] as const)('%s', (algorithm) => {
  let world: OpenIssuer;
  beforeAll(async () => {
    world = await openIssuer({ algorithm });
  });

  describe.each(expressVersions)('%s', (_name, express) => {
    test.each(flawNames)('%s: 401 invalid_token, and the handler is not reached', async (flaw) => {
      const { app, reached, errors } = openApi(express, connectAuth(world.trust()));
      const answer = await request(app).get('/projects').set(bearer(world.issuer.flaws[flaw]()));
      expect(answerOf(answer)).toEqual(invalidToken);
      expect([reached, errors]).toEqual([[], []]);
    });

    test('after all flaws a good token is as good as before', async () => {
      const { app } = openApi(express, connectAuth(world.trust()));
      for (const flaw of flawNames) await request(app).get('/').set(bearer(world.issuer.flaws[flaw]())).expect(401);
      await request(app).get('/').set(bearer(world.issuer.token())).expect(200);
    });
  });
});

test('every refusal of a token is the same to the byte, whatever was wrong with it', async () => {
  const { issuer, trust } = await openIssuer();
  const { app } = openApi(expressVersions[1]?.[1] as never, connectAuth(trust()));
  const texts = new Set<string>();
  for (const flaw of flawNames) texts.add((await request(app).get('/').set(bearer(issuer.flaws[flaw]()))).text);
  expect(texts.size).toBe(1);
});
