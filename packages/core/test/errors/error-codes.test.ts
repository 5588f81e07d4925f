import { readFileSync } from 'node:fs';
import type { AnyAuthError } from '@connect-auth/core';
import * as core from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import {
  invalidRequestReasons,
  invalidTokenReasons,
  issuerUnavailableReasons,
  missingTokenReasons,
  permissionReasons,
} from '../../src/errors/reasons.js';

const errors: readonly (AnyAuthError | core.ConfigurationError)[] = [
  new core.MissingTokenError(),
  new core.InvalidRequestError('too_large'),
  new core.InvalidTokenError('expired'),
  new core.InsufficientScopeError(['a']),
  new core.ActorForbiddenError('user_required'),
  new core.OrgForbiddenError('org_mismatch'),
  new core.IssuerUnavailableError('jwks', 1),
  new core.ConfigurationError('issuer', 'is missing'),
];

/** The rows of the table in the README, each cell with the texts that stand in backticks. */
const rows = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^\| `\w+Error` \|/.test(line))
  .map((line) => line.split('|').slice(1, -1))
  .map((cells) => ({ cells, quoted: cells.map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1])) }));

/** `NotFoundError` → `NOT_FOUND`. */
const upperCase = (name: string) =>
  name
    .replace(/Error$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toUpperCase();

test('each error class that the package exports is in the list above, and in the README in the same order', () => {
  const exported = Object.entries(core)
    .filter(([name, value]) => name !== 'AuthError' && typeof value === 'function' && value.prototype instanceof Error)
    .map(([name]) => name);
  const listed = errors.map(({ name }) => name);
  expect([...listed].sort()).toEqual(exported.sort());
  expect(rows.map(({ quoted }) => quoted[0])).toEqual(listed.map((name) => [name]));
});

test.each(errors.map((error) => [error.name, error] as const))('the code of %s is made of its name', (name, error) => {
  expect(error.code).toBe((core.isAuthError(error) ? 'AUTH_' : '') + upperCase(name));
});

test.each(errors.map((error) => [error.name, error] as const))(
  'the README tells code and status of %s',
  (at, error) => {
    const row = rows[errors.findIndex(({ name }) => name === at)];
    expect(row?.quoted[1]).toEqual([error.code]);
    if (!core.isAuthError(error)) return expect(row?.cells[2]).toBe(' thrown at start ');
    expect(row?.cells[2]).toMatch(new RegExp(`^ ${error.status}\\b`));
    expect(row?.quoted[3]?.[0]).toBe(error.error);
  },
);

test('the README tells every reason there is', () => {
  const told = rows.slice(0, -1).flatMap(({ quoted }) => quoted[4]);
  const known = [
    missingTokenReasons,
    invalidRequestReasons,
    invalidTokenReasons,
    permissionReasons,
    issuerUnavailableReasons,
  ].flatMap((reasons) => Object.keys(reasons));
  expect(told.sort()).toEqual(known.sort());
});

describe('switch (error.code)', () => {
  /** Compiles only if every code narrows to its class, and none is left over. */
  function explain(error: AnyAuthError): string {
    switch (error.code) {
      case 'AUTH_MISSING_TOKEN':
        return error.reason satisfies 'missing';
      case 'AUTH_INVALID_REQUEST':
        return error.reason satisfies core.InvalidRequestReason;
      case 'AUTH_INVALID_TOKEN':
        return error.reason satisfies core.InvalidTokenReason;
      case 'AUTH_INSUFFICIENT_SCOPE':
        return error.requiredScopes.join(' ');
      case 'AUTH_ACTOR_FORBIDDEN':
        return error.reason satisfies core.ActorForbiddenReason;
      case 'AUTH_ORG_FORBIDDEN':
        return error.reason satisfies core.OrgForbiddenReason;
      case 'AUTH_ISSUER_UNAVAILABLE':
        return error.retryAfterSeconds.toFixed();
      default:
        return error satisfies never;
    }
  }

  test('narrows to the class, also after isAuthError', () => {
    const unknown: unknown = new core.IssuerUnavailableError('jwks', 7);
    expect(core.isAuthError(unknown) && explain(unknown)).toBe('7');
    expect(explain(new core.InsufficientScopeError(['a', 'b']))).toBe('a b');
  });
});
