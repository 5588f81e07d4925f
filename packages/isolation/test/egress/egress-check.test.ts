import { setImmediate } from 'node:timers/promises';
import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { createEgressCheck, type EgressCheck, type OrgLeak, OrgLeakError, withOrg } from '../../src/index.js';

const foreign = { projects: [{ org_id: 'org_A' }, { org_id: 'org_B' }] };
const thrownBy = (work: () => void): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};
/** What the check throws for an answer to A. */
const toA = (check: EgressCheck, answer: unknown) => thrownBy(() => check(answer, 'org_A'));

describe('modes', () => {
  test('block is the default: tells, and throws', () => {
    const leaks: OrgLeak[] = [];
    const check = createEgressCheck({ onLeak: (leak) => leaks.push(leak) });
    const error = toA(check, foreign);
    expect(error).toBeInstanceOf(OrgLeakError);
    expect(error).toMatchObject({
      code: 'org_leak_blocked',
      status: 500,
      path: 'projects[1].org_id',
      foreignOrgId: 'org_B',
    });
    expect(leaks).toEqual([{ path: 'projects[1].org_id', orgId: 'org_B' }]);
  });

  test('report tells, and lets pass', () => {
    const leaks: OrgLeak[] = [];
    const check = createEgressCheck({ mode: 'report', onLeak: (leak) => leaks.push(leak) });
    expect([toA(check, foreign), leaks.length]).toEqual([undefined, 1]);
  });

  test('off does not look', () => {
    const leaks: OrgLeak[] = [];
    const check = createEgressCheck({ mode: 'off', onLeak: (leak) => leaks.push(leak) });
    const trap = {
      get projects() {
        throw new Error('looked');
      },
    };
    expect([toA(check, trap), leaks]).toEqual([undefined, []]);
  });

  test('an own answer passes in each of them, and nobody is told', () => {
    const leaks: OrgLeak[] = [];
    for (const mode of ['block', 'report', 'off'] as const) {
      const check = createEgressCheck({ mode, onLeak: (leak) => leaks.push(leak) });
      expect(toA(check, { org_id: 'org_A' })).toBeUndefined();
    }
    expect(leaks).toEqual([]);
  });
});

test('the error names the other organization to the operator only', () => {
  const error = toA(createEgressCheck(), foreign) as OrgLeakError;
  expect([JSON.stringify(error), JSON.stringify({ ...error }), String(error), error.stack].join()).not.toMatch(
    /org_B|projects/,
  );
  expect([error.path, error.foreignOrgId]).toEqual(['projects[1].org_id', 'org_B']);
});

test('the organization is that of the caller, whatever frame the answer is looked at in', async () => {
  const check = createEgressCheck();
  const inB = (orgId: string | undefined) =>
    withOrg('org_B', async () => thrownBy(() => check({ org_id: 'org_B' }, orgId)));
  expect(await inB('org_B')).toBeUndefined();
  expect(await inB('org_A')).toBeInstanceOf(OrgLeakError);
  expect(await inB(undefined)).toBeInstanceOf(OrgLeakError);
});

describe('a listener that fails', () => {
  test('cannot let the answer through', () => {
    const check = createEgressCheck({
      onLeak: () => {
        throw new Error('no connection to the alarm');
      },
    });
    expect(toA(check, foreign)).toBeInstanceOf(OrgLeakError);
  });

  test('later cannot end the process', async () => {
    const check = createEgressCheck({ onLeak: () => Promise.reject(new Error('no connection to the alarm')) });
    expect(toA(check, foreign)).toBeInstanceOf(OrgLeakError);
    await setImmediate(); // A rejection that nobody handles fails the test from here on.
    await setImmediate();
  });
});

test('below a field that is excepted other organizations may be named', () => {
  const check = createEgressCheck({ except: ['projects'] });
  expect(toA(check, foreign)).toBeUndefined();
});

test('further fields hold an organization where they are named, to the letter', () => {
  const answer = { account: { tenant_id: 'org_B', TENANT_ID: 'org_C' } };
  expect(toA(createEgressCheck(), answer)).toBeUndefined();
  expect(toA(createEgressCheck({ fields: ['tenant_id'] }), answer)).toMatchObject({ foreignOrgId: 'org_B' });
  expect(toA(createEgressCheck({ fields: ['tenant_id'] }), { tenant_id: 'org_A' })).toBeUndefined();
  expect(toA(createEgressCheck({ fields: ['tenantId'] }), answer)).toBeUndefined();
});

test('an answer that cannot be looked at is not sent: what it throws goes on', () => {
  const bug = new Error('bug');
  const answer = {
    get project() {
      throw bug;
    },
  };
  for (const mode of ['block', 'report'] as const) {
    expect(toA(createEgressCheck({ mode }), answer)).toBe(bug);
  }
});

test.each<[options: object]>([
  [{ mode: 'blocked' }],
  [{ mode: true }],
  [{ mode: null }],
  [{ except: 'memberships' }],
  [{ except: [7] }],
  [{ except: [''] }],
  [{ fields: 'tenant_id' }],
  [{ fields: [''] }],
  [{ onLeak: 'log' }],
  [{ mode: 'off', onLeak: {} }],
  [{ onleak: 'log' }],
])('%j is refused at the start', (options) => {
  expect(() => createEgressCheck(options)).toThrow(ConfigurationError);
});
