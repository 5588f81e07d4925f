import { extractToken, type RequestHead } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { lineOf } from '../errors/outcome.js';

const missing = 'MissingTokenError 401 - missing';
const malformed = 'InvalidRequestError 400 invalid_request malformed_header';
const multiple = 'InvalidRequestError 400 invalid_request multiple_credentials';

function outcomeOf(request: RequestHead): string {
  try {
    return extractToken(request);
  } catch (error) {
    return lineOf(error);
  }
}

describe('rawHeaders, as Node.js has them', () => {
  const host = ['Host', 'api.test'];
  test.each<[rawHeaders: string[], outcome: string]>([
    [[...host, 'Authorization', 'Bearer abc'], 'abc'],
    [['AUTHORIZATION', 'Bearer abc', ...host], 'abc'],
    [['authorization', 'Bearer abc', 'X-Note', 'Authorization'], 'abc'],
    [['X-Note', 'authorization', 'Bearer', 'Bearer abc'], missing],
    [host, missing],
    [['Authorization', 'Bearer abc', 'Authorization', 'Bearer def'], multiple],
    [['Authorization', 'Bearer abc', 'Authorization', 'Bearer abc'], multiple],
    [['Authorization', 'Bearer abc', ...host, 'authorization', 'Basic dXNlcjpwYXNz'], multiple],
    [['aUTHORIZATION', 'Basic dXNlcjpwYXNz', ...host, 'Authorization', 'Bearer abc'], multiple],
    [['Authorization', '', 'AUTHORIZATION', 'Bearer abc'], multiple],
    [['Authorization', 'Bearer abc', 'authorization', ''], multiple],
  ])('%j: %s', (rawHeaders, outcome) => {
    // Node.js keeps the first of several in `headers`: the raw list has to be what counts.
    expect(outcomeOf({ headers: { authorization: 'Bearer abc' }, rawHeaders })).toBe(outcome);
  });

  test('an empty list says nothing: the parsed headers count', () => {
    expect(outcomeOf({ headers: { authorization: 'Bearer abc' }, rawHeaders: [] })).toBe('abc');
  });
});

describe('a plain object of headers', () => {
  test.each<[headers: Record<string, string | string[]>, outcome: string]>([
    [{ Authorization: 'Bearer abc' }, 'abc'],
    [{ AUTHORIZATION: ['Bearer abc'] }, 'abc'],
    [{ authorization: [] }, missing],
    [{ authorization: [''] }, missing],
    [{ authorization: ['Bearer abc', 'Bearer def'] }, multiple],
    [{ authorization: ['Bearer abc', ''] }, multiple],
    [{ authorization: 'Bearer abc', Authorization: 'Bearer def' }, multiple],
    [{ Authorization: 'Basic abc', authorization: 'Bearer def' }, multiple],
    [{ get: 'x', authorization: 'Bearer abc' }, 'abc'],
  ])('%j: %s', (headers, outcome) => {
    expect(outcomeOf({ headers })).toBe(outcome);
  });
});

describe('Fetch API headers', () => {
  test('one value is taken, in any spelling of the name', () => {
    expect(outcomeOf({ headers: new Headers({ AUTHORIZATION: 'Bearer abc' }) })).toBe('abc');
    expect(outcomeOf(new Request('https://api.test/', { headers: { Authorization: 'Bearer abc' } }))).toBe('abc');
    expect(outcomeOf({ headers: new Headers() })).toBe(missing);
  });

  test('several values, which the API joins, are refused', () => {
    const headers = new Headers({ authorization: 'Bearer abc' });
    headers.append('Authorization', 'Bearer def');
    expect(outcomeOf({ headers })).toBe(malformed);
    expect(outcomeOf({ headers: new Headers([...headers, ['authorization', 'Basic abc']]) })).toBe(malformed);
  });

  test('a Request with a second token in its query is refused', () => {
    const headers = { authorization: 'Bearer abc' };
    expect(outcomeOf(new Request('https://api.test/?access_token=def', { headers }))).toBe(multiple);
  });

  test('the body is not looked at', () => {
    const body = new URLSearchParams({ access_token: 'def' });
    const headers = { authorization: 'Bearer abc' };
    expect(outcomeOf(new Request('https://api.test/', { method: 'POST', headers, body }))).toBe('abc');
    expect(outcomeOf(new Request('https://api.test/', { method: 'POST', body }))).toBe(missing);
  });
});
