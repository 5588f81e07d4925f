import { extractToken, type RequestHead } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { lineOf } from '../errors/outcome.js';

const missing = 'MissingTokenError 401 - missing';
const malformed = 'InvalidRequestError 400 invalid_request malformed_header';
const multiple = 'InvalidRequestError 400 invalid_request multiple_credentials';
const tooLarge = 'InvalidRequestError 400 invalid_request too_large';

function outcomeOf(request: RequestHead): string {
  try {
    return extractToken(request);
  } catch (error) {
    return lineOf(error);
  }
}

describe('the Authorization header', () => {
  test.each<[value: string, outcome: string]>([
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    ['BEARER abc', 'abc'],
    ['bEaReR abc', 'abc'],
    ['Bearer  abc', 'abc'],
    ['Bearer abc==', 'abc=='],
    ['Bearer aZ09-._~+/', 'aZ09-._~+/'],
    ['', missing],
    [' ', missing],
    [' Bearer abc', missing],
    ['abc', missing],
    ['Bearerabc', missing],
    ['Bearer-abc', missing],
    ['Bearer=abc', missing],
    ['Basic dXNlcjpwYXNz', missing],
    ['DPoP abc', missing],
    ['Token abc', missing],
    ['Negotiate Bearer abc', missing],
    ['Bearer', malformed],
    ['Bearer ', malformed],
    ['Bearer   ', malformed],
    ['Bearer\tabc', malformed],
    ['Bearer \tabc', malformed],
    ['Bearer abc ', malformed],
    ['Bearer abc\t', malformed],
    ['Bearer abc\n', malformed],
    ['Bearer abc\r\n', malformed],
    ['Bearer abc def', malformed],
    ['Bearer abc, Bearer def', malformed],
    ['Bearer abc,def', malformed],
    ['Bearer abc, Basic dXNlcjpwYXNz', malformed],
    ['Bearer,abc', malformed],
    ['Bearer Bearer abc', malformed],
    ['Bearer token="abc"', malformed],
    ['Bearer "abc"', malformed],
    ['Bearer =', malformed],
    ['Bearer =abc', malformed],
    ['Bearer a=b', malformed],
    ['Bearer a%20b', malformed],
    ['Bearer ab\u0000c', malformed],
    ['Bearer ab\u007fc', malformed],
    ['Bearer äbc', malformed],
    ['Bearer abc\u200b', malformed],
    ['Bearer\u00a0abc', missing],
    ['Bearer абв', malformed],
    ['Bearer 🗝', malformed],
  ])('%j: %s', (value, outcome) => {
    expect(outcomeOf({ headers: { authorization: value } })).toBe(outcome);
    expect(outcomeOf({ headers: {}, rawHeaders: ['Authorization', value] })).toBe(outcome);
  });

  test('no header at all: 401 without an error code', () => {
    expect(outcomeOf({ headers: {} })).toBe(missing);
    expect(outcomeOf({ headers: { authorization: undefined } })).toBe(missing);
    expect(outcomeOf({ headers: { 'x-authorization': 'Bearer abc' } })).toBe(missing);
    expect(outcomeOf({ headers: { 'proxy-authorization': 'Bearer abc', cookie: 'access_token=abc' } })).toBe(missing);
  });

  test('a token of 16,384 characters is taken, one more is too large', () => {
    const token = 'a'.repeat(16_384);
    expect(outcomeOf({ headers: { authorization: `Bearer ${token}` } })).toBe(token);
    expect(outcomeOf({ headers: { authorization: `Bearer ${token}a` } })).toBe(tooLarge);
    expect(outcomeOf({ headers: { authorization: `Bearer ${token}=` } })).toBe(tooLarge);
    expect(outcomeOf({ headers: { authorization: `Bearer ${' '.repeat(16_384)}a` } })).toBe(tooLarge);
    expect(outcomeOf({ headers: { authorization: 'x'.repeat(1_000_000) } })).toBe(tooLarge);
  });
});

describe('a token in the query', () => {
  test.each<[url: string, outcome: string]>([
    ['/projects', 'abc'],
    ['/projects?', 'abc'],
    ['/access_token', 'abc'],
    ['/projects?q=access_token', 'abc'],
    ['/projects?my_access_token=def', 'abc'],
    ['/projects?access_tokens=def', 'abc'],
    ['/projects?ACCESS_TOKEN=def', 'abc'],
    ['/projects?q=100%', 'abc'],
    ['/projects?%zz', 'abc'],
    ['/projects?access_token=def', multiple],
    ['/projects?access_token=abc', multiple],
    ['/projects?access_token=', multiple],
    ['/projects?access_token', multiple],
    ['/projects?q=1&access_token=def&r=2', multiple],
    ['/projects?access%5Ftoken=def', multiple],
    ['/projects?%61ccess_token=def', multiple],
    ['/projects?%61%63%63%65%73%73%5f%74%6f%6b%65%6e=def', multiple],
    ['https://api.test/projects?access_token=def', multiple],
  ])('beside the header, %s: %s; without the header it is ignored', (url, outcome) => {
    expect(outcomeOf({ headers: { authorization: 'Bearer abc' }, url })).toBe(outcome);
    expect(outcomeOf({ headers: {}, url })).toBe(missing);
    expect(outcomeOf({ headers: { authorization: 'Basic abc' }, url })).toBe(missing);
  });
});
