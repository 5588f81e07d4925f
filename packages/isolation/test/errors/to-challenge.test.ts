import { isAuthError, toChallenge } from '@connect-auth/core';
import { UnknownReferenceError, UnreadBodyError } from '@connect-auth/isolation';
import { expect, test } from '@jest/globals';

const headers = { 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store' };

const answer = (status: number, title: string, detail: string) => ({
  status,
  headers,
  body: { type: 'about:blank', title, status, detail },
});

test('UnreadBodyError: 415, without a challenge', () => {
  expect(toChallenge(new UnreadBodyError())).toStrictEqual(
    answer(415, 'Unsupported Media Type', 'The body is of a type that this resource does not read'),
  );
});

test('UnknownReferenceError: 422, without a challenge', () => {
  expect(toChallenge(new UnknownReferenceError())).toStrictEqual(
    answer(422, 'Unprocessable Content', 'The request refers to something that does not exist'),
  );
});

test.each([
  [new UnreadBodyError(), 'AUTH_UNREAD_BODY', 'unread_body'],
  [new UnknownReferenceError(), 'AUTH_UNKNOWN_REFERENCE', 'unknown_reference'],
])('%s is an error of the suite, with a code and a reason', (error, code, reason) => {
  expect([isAuthError(error), error.code, error.reason, error instanceof Error]).toEqual([true, code, reason, true]);
});
