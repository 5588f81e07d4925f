import { OrgForbiddenError, requireScopes } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { type Auth, type ConnectRequest, ConnectStrategy } from '../../src/index.js';
import { answerOf, broken } from '../answers.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

/** Asks for a scope, the way the adapters of frameworks do. */
class ScopedStrategy extends ConnectStrategy {
  protected override admit(auth: Auth, req: ConnectRequest): void {
    try {
      requireScopes(auth, 'projects:write');
    } catch (error) {
      this.refuse(error, req);
      return;
    }
    super.admit(auth, req);
  }
}

class RefusingStrategy extends ConnectStrategy {
  refusal: unknown;
  protected override admit(_auth: Auth, req: ConnectRequest): void {
    this.refuse(this.refusal, req);
  }
}

test('403 carries the whole challenge, which Passport does not send', async () => {
  const { issuer, trust } = await openIssuer();
  const { app, reached } = openApi([new ScopedStrategy(trust())]);
  const lacking = issuer.token({ scopes: ['projects:read'] });
  for (const _time of ['new', 'recalled']) {
    expect(answerOf(await request(app).get('/').set(bearer(lacking)))).toEqual({
      status: 403,
      challenge:
        'Bearer realm="api", error="insufficient_scope", error_description="The access token was not granted the scope ' +
        'that this resource requires", scope="projects:write"',
      retryAfter: undefined,
      body: 'Forbidden',
    });
  }
  expect(reached).toEqual([]);
  await request(app)
    .get('/')
    .set(bearer(issuer.token({ scopes: ['projects:write'] })))
    .expect(200);
});

test('an error without a challenge is its status alone: 404 for another organization’s object', async () => {
  const { issuer, trust } = await openIssuer();
  const strategy = Object.assign(new RefusingStrategy(trust()), {
    refusal: new OrgForbiddenError('org_mismatch', { hidden: true }),
  });
  const { app, errors } = openApi([strategy]);
  const answer = answerOf(await request(app).get('/').set(bearer(issuer.token())));
  expect(answer).toEqual({ status: 404, challenge: undefined, retryAfter: undefined, body: 'Not Found' });
  expect(errors).toEqual([]);
});

test('anything that is not of the core is an error: 500', async () => {
  const { issuer, trust } = await openIssuer();
  const bug = new RangeError('a bug');
  const { app, errors } = openApi([Object.assign(new RefusingStrategy(trust()), { refusal: bug })]);
  expect(answerOf(await request(app).get('/').set(bearer(issuer.token())))).toEqual(broken);
  expect(errors).toEqual([bug]);
});
