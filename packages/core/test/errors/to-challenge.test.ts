import {
  ActorForbiddenError,
  type AuthError,
  InsufficientScopeError,
  InvalidRequestError,
  type InvalidRequestReason,
  InvalidTokenError,
  type InvalidTokenReason,
  IssuerUnavailableError,
  type IssuerUnavailableReason,
  MissingTokenError,
  OrgForbiddenError,
  toChallenge,
} from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { invalidRequestReasons, invalidTokenReasons, issuerUnavailableReasons } from '../../src/errors/reasons.js';

const problemHeaders = { 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store' };

/** The whole answer: a code and its text go into the challenge and into the body alike. */
function answer(status: number, title: string, detail: string, error?: string, parameters = '') {
  const problem = { type: 'about:blank', title, status, detail };
  if (error === undefined) return { status, headers: problemHeaders, body: problem };
  const challenge = `Bearer realm="api", error="${error}", error_description="${detail}"${parameters}`;
  return {
    status,
    headers: { ...problemHeaders, 'WWW-Authenticate': challenge },
    body: { ...problem, error, error_description: detail },
  };
}

test('MissingTokenError: 401, a challenge that names no error', () => {
  const detail = 'This resource requires a Bearer access token in the Authorization header';
  const { headers, ...rest } = answer(401, 'Unauthorized', detail);
  expect(toChallenge(new MissingTokenError())).toStrictEqual({
    headers: { ...headers, 'WWW-Authenticate': 'Bearer realm="api"' },
    ...rest,
  });
});

test.each(Object.keys(invalidRequestReasons) as InvalidRequestReason[])('InvalidRequestError(%s): 400', (reason) => {
  const detail = 'The request must carry exactly one well-formed Bearer token, in the Authorization header';
  expect(toChallenge(new InvalidRequestError(reason))).toStrictEqual(
    answer(400, 'Bad Request', detail, 'invalid_request'),
  );
});

test.each(Object.keys(invalidTokenReasons) as InvalidTokenReason[])(
  'InvalidTokenError(%s): 401, which does not tell which check it was',
  (reason) => {
    const expected = answer(401, 'Unauthorized', 'The access token is not valid', 'invalid_token');
    const cause = new Error('the cause is for the log');
    expect(toChallenge(new InvalidTokenError(reason))).toStrictEqual(expected);
    expect(toChallenge(new InvalidTokenError(reason, 'a detail', { cause }))).toStrictEqual(expected);
  },
);

test('InsufficientScopeError: 403, and the scopes that would do', () => {
  const detail = 'The access token was not granted the scope that this resource requires';
  const expected = answer(403, 'Forbidden', detail, 'insufficient_scope', ', scope="projects:read projects:write"');
  expect(toChallenge(new InsufficientScopeError(['projects:read', 'projects:write']))).toStrictEqual(expected);
});

test.each(['user_required', 'client_required'] as const)('ActorForbiddenError(%s): 403', (reason) => {
  const detail = 'The access token does not act for the kind of actor that this resource requires';
  expect(toChallenge(new ActorForbiddenError(reason))).toStrictEqual(
    answer(403, 'Forbidden', detail, 'insufficient_scope'),
  );
});

describe('OrgForbiddenError', () => {
  test.each(['org_required', 'org_mismatch'] as const)('%s: 403, or a 404 that says nothing', (reason) => {
    const detail = 'The access token does not act for the organization that this resource requires';
    const hidden = answer(404, 'Not Found', 'There is no such resource');
    expect(toChallenge(new OrgForbiddenError(reason))).toStrictEqual(
      answer(403, 'Forbidden', detail, 'insufficient_scope'),
    );
    expect(toChallenge(new OrgForbiddenError(reason, { hidden: false })).status).toBe(403);
    expect(toChallenge(new OrgForbiddenError(reason, { hidden: true }))).toStrictEqual(hidden);
  });

  test('org_not_allowed: 403', () => {
    const detail = 'The organization of the access token is not let in';
    expect(toChallenge(new OrgForbiddenError('org_not_allowed'))).toStrictEqual(
      answer(403, 'Forbidden', detail, 'insufficient_scope'),
    );
  });

  test('org_ambiguous: 400, hidden or not', () => {
    const expected = answer(400, 'Bad Request', 'The request names more than one organization', 'invalid_request');
    expect(toChallenge(new OrgForbiddenError('org_ambiguous'))).toStrictEqual(expected);
    expect(toChallenge(new OrgForbiddenError('org_ambiguous', { hidden: true }))).toStrictEqual(expected);
  });
});

test.each(Object.keys(issuerUnavailableReasons) as IssuerUnavailableReason[])(
  'IssuerUnavailableError(%s): 503, when to come back, and no challenge',
  (reason) => {
    const cause = new Error('the cause is for the log');
    const { headers, ...rest } = answer(503, 'Service Unavailable', 'Access tokens cannot be verified at the moment');
    const expected = { headers: { ...headers, 'Retry-After': '7' }, ...rest };
    expect(toChallenge(new IssuerUnavailableError(reason, 7, { cause }))).toStrictEqual(expected);
    expect(toChallenge(new IssuerUnavailableError(reason, 7), { realm: 'r', resourceMetadata: 'm' })).toStrictEqual(
      expected,
    );
  },
);

test('resource_metadata stands in every challenge, and only in challenges', () => {
  const settings = { resourceMetadata: 'https://api.test/.well-known/oauth-protected-resource' };
  const parameter = `resource_metadata="${settings.resourceMetadata}"`;
  const challengeOf = (error: AuthError) => toChallenge(error, settings).headers['WWW-Authenticate'];
  expect(challengeOf(new MissingTokenError())).toBe(`Bearer realm="api", ${parameter}`);
  expect(challengeOf(new InvalidTokenError('expired'))).toBe(
    `Bearer realm="api", error="invalid_token", error_description="The access token is not valid", ${parameter}`,
  );
  expect(challengeOf(new InsufficientScopeError(['a']))).toBe(
    'Bearer realm="api", error="insufficient_scope", error_description="The access token was not granted the scope' +
      ` that this resource requires", scope="a", ${parameter}`,
  );
  expect(challengeOf(new OrgForbiddenError('org_mismatch', { hidden: true }))).toBeUndefined();
});
