import { findCurrentAuth, IssuerUnavailableError } from '@connect-auth/core';
import { runWithAuth } from '@connect-auth/core/adapter';
import { describe, expect, jest, test } from '@jest/globals';
import { ConnectStrategy } from '../../src/index.js';
import { bearer, openIssuer } from '../open-issuer.js';

/** Calls a strategy as Passport does, and keeps what it comes to. */
async function callOnce(strategy: ConnectStrategy, req: object): Promise<unknown[][]> {
  const outcomes: unknown[][] = [];
  await new Promise<void>((resolve) => {
    const keep =
      (name: string) =>
      (...args: unknown[]) => {
        outcomes.push([name, ...args]);
        resolve();
      };
    const copy = Object.assign(Object.create(strategy), {
      ...{ success: keep('success'), fail: keep('fail'), error: keep('error') },
    });
    copy.authenticate(req);
  });
  await new Promise((resolve) => setImmediate(resolve)); // A second outcome would show by now.
  return outcomes;
}

describe('each request comes to one way out, once', () => {
  test.each([
    ['new', 1],
    ['recalled', 2],
  ])('success for a token that is %s', async (_state, times) => {
    const { issuer, trust } = await openIssuer();
    const strategy = new ConnectStrategy(trust());
    const req = { headers: bearer(issuer.token()) };
    for (let at = 1; at < times; at += 1) await callOnce(strategy, req);
    expect(await callOnce(strategy, req)).toEqual([['success', expect.objectContaining({ issuer: issuer.issuer })]]);
  });

  test('fail and error where no response is known', async () => {
    const { issuer, trustKeysOnly } = await openIssuer();
    const strategy = new ConnectStrategy(trustKeysOnly());
    expect(await callOnce(strategy, { headers: {} })).toEqual([['fail', 'Bearer realm="api"', 401]]);
    const malformed = await callOnce(strategy, { headers: { authorization: 'Bearer' } });
    expect(malformed).toEqual([['fail', expect.stringContaining('error="invalid_request"'), 400]]);
    issuer.fail('all', 'error500');
    const failed = await callOnce(strategy, { headers: bearer(issuer.token()) });
    expect(failed).toEqual([['error', expect.any(IssuerUnavailableError)]]);
  });

  test('fail where the response has been sent already: no header is set any more', async () => {
    const { trust } = await openIssuer();
    const setHeader = jest.fn();
    const req = { headers: { authorization: 'Bearer' }, res: { headersSent: true, setHeader } };
    expect(await callOnce(new ConnectStrategy(trust()), req)).toEqual([['fail', expect.any(String), 400]]);
    expect(setHeader).not.toHaveBeenCalled();
  });

  test.each(['admit', 'refuse'] as const)('error if %s throws, before a wait and after one', async (method) => {
    const { issuer, trust } = await openIssuer();
    const bug = new RangeError('a bug');
    const strategy = new ConnectStrategy(trust());
    Object.assign(strategy, {
      [method]: () => {
        throw bug;
      },
    });
    const good = bearer(issuer.token());
    const flawed = bearer(issuer.flaws.badSignature());
    for (const headers of method === 'admit' ? [good, good] : [{}, flawed]) {
      expect(await callOnce(strategy, { headers })).toEqual([['error', bug]]);
    }
  });
});

test('whoever was the caller before, is not behind a refusal: what another strategy lets pass is not theirs', async () => {
  const { issuer, trust } = await openIssuer();
  const verifier = trust();
  const earlier = await verifier.verify(issuer.token());
  const seen: unknown[] = [];
  const fail = () => seen.push(findCurrentAuth());
  const copy = Object.assign(Object.create(new ConnectStrategy(verifier)), { fail });
  runWithAuth(earlier, () => copy.authenticate({ headers: {} }));
  expect(seen).toEqual([undefined]);
});
