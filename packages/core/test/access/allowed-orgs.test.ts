import { inspect } from 'node:util';
import {
  type AllowedOrgs,
  ConfigurationError,
  createVerifier,
  type OrgForbiddenError,
  toChallenge,
} from '@connect-auth/core';
import { refusalDetailsOf } from '@connect-auth/core/adapter';
import { createFixedClock, createTestIssuer } from '@connect-auth/testing';
import { afterAll, describe, expect, test } from '@jest/globals';
import { lineOf, outcomeOf } from '../errors/outcome.js';

const issuer = await createTestIssuer({ clock: createFixedClock() });
afterAll(() => issuer.close());

const notAllowed = 'OrgForbiddenError 403 insufficient_scope org_not_allowed';
const letting = (allowedOrgs?: AllowedOrgs) =>
  createVerifier({ ...issuer.verifierOptions(), ...(allowedOrgs !== undefined && { allowedOrgs }) });
const [a, b, nobody] = [issuer.token({ org: 'org_A' }), issuer.token({ org: 'org_B' }), issuer.token({ org: null })];

test('by default every organization is let in', async () => {
  const verifier = letting();
  expect(await outcomeOf(verifier.verify(a))).toBe('accepted');
  expect(verifier.recall(a)?.orgId).toBe('org_A');
});

describe('a list', () => {
  test('lets in whom it names, to the letter, and those who act for no organization', async () => {
    const verifier = letting(['org_A', 'org_C']);
    for (let times = 0; times < 2; times += 1) {
      expect(await outcomeOf(verifier.verify(a))).toBe('accepted');
      expect(await outcomeOf(verifier.verify(nobody))).toBe('accepted');
      expect(await outcomeOf(verifier.verify(b))).toBe(notAllowed);
      expect(await outcomeOf(verifier.verify(issuer.token({ org: 'ORG_A' })))).toBe(notAllowed);
    }
    expect(verifier.recall(a)?.orgId).toBe('org_A');
    expect(verifier.recall(b)).toBeUndefined();
  });

  test('that is empty lets in no organization', async () => {
    expect(await outcomeOf(letting([]).verify(a))).toBe(notAllowed);
  });

  test('is taken as it was at the start', async () => {
    const list = ['org_A'];
    const verifier = letting(list);
    list.push('org_B');
    expect(await outcomeOf(verifier.verify(b))).toBe(notAllowed);
  });
});

describe('a function', () => {
  test('is asked at every request, of known tokens too', async () => {
    const suspended = new Set<string>();
    const asked: unknown[] = [];
    const verifier = letting((orgId, auth) => {
      asked.push([orgId, auth.clientId]);
      return !suspended.has(orgId);
    });
    expect(await outcomeOf(verifier.verify(a))).toBe('accepted');
    expect(verifier.recall(a)).toBeUndefined();
    suspended.add('org_A');
    expect(await outcomeOf(verifier.verify(a))).toBe(notAllowed);
    expect(await outcomeOf(verifier.verify(a, { live: true }))).toBe(notAllowed);
    suspended.clear();
    expect(await outcomeOf(verifier.verify(a))).toBe('accepted');
    expect(asked).toEqual(Array(4).fill(['org_A', issuer.client.clientId]));
  });

  test('is not asked of who acts for no organization, nor of a token that is not good', async () => {
    const verifier = letting(() => {
      throw new Error('asked');
    });
    expect(await outcomeOf(verifier.verify(nobody))).toBe('accepted');
    expect(verifier.recall(nobody)).toBeDefined();
    const expired = await verifier.verify(issuer.flaws.expired()).catch((error) => error);
    expect(lineOf(expired)).toContain('InvalidTokenError 401');
  });

  test.each([
    ['false', async () => false],
    ['nothing', async () => undefined],
    ['a text', () => 'yes'],
    ['1', () => 1],
  ])('that answers %s lets nobody in', async (_answer, question) => {
    expect(await outcomeOf(letting(question as never).verify(a))).toBe(notAllowed);
  });

  test('whose question fails lets nobody in, and the error is its own', async () => {
    const down = new Error('the database is down');
    await expect(letting(async () => Promise.reject(down)).verify(a)).rejects.toBe(down);
  });

  test('a token that is revoked while it thinks is refused', async () => {
    const verifier = letting(async () => {
      await verifier.revoke({ clientId: issuer.client.clientId });
      return true;
    });
    expect(await outcomeOf(verifier.verify(a))).toContain('InvalidTokenError 401');
  });
});

test('who was refused is known to an audit trail, and the error does not tell', async () => {
  const error: OrgForbiddenError = await letting(['org_A'])
    .verify(b)
    .catch((refusal) => refusal);
  expect(refusalDetailsOf(error).caller?.orgId).toBe('org_B');
  expect(inspect(error, { showHidden: true, depth: 9 }) + JSON.stringify(toChallenge(error))).not.toMatch(
    new RegExp(`org_B|${b.slice(-20)}`),
  );
  expect(refusalDetailsOf(undefined).caller).toBeUndefined();
});

test.each([[['org A']], [['']], [[1]], ['org_A'], [null], [{}]])('%j is no list of organizations', (allowedOrgs) => {
  expect(() => letting(allowedOrgs as never)).toThrow(ConfigurationError);
});
