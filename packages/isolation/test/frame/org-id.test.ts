import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { isOrgId, type OrgId, toOrgId } from '../../src/index.js';

const problem = new ConfigurationError('organization', 'must be 1 to 255 printable characters without blanks');

describe('what an organization can be called', () => {
  test.each(['org_01H8', 'o', '0', 'acme/eu', '"quoted"', '~', '!', 'x'.repeat(255)])('%j is taken as it is', (id) => {
    const orgId: OrgId = toOrgId(id);
    expect([orgId, isOrgId(id)]).toEqual([id, true]);
  });

  test.each<[what: string, value: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['a blank', ' '],
    ['a blank in front', ' org_A'],
    ['a blank behind', 'org_A '],
    ['a blank inside', 'org A'],
    ['a line break behind', 'org_A\n'],
    ['a null byte', 'org_A\0'],
    ['a delete character', 'org_A\x7f'],
    ['a letter beyond ASCII', 'org_Ä'],
    ['a letter that looks like another', 'оrg_A'],
    ['256 characters', 'x'.repeat(256)],
    ['a number', 7],
    ['a list', ['org_A']],
    ['an object of text', new String('org_A')],
    ['an object that reads as one', { toString: () => 'org_A' }],
  ])('%s is refused', (_what, value) => {
    expect(isOrgId(value)).toBe(false);
    expect(() => toOrgId(value)).toThrow(problem);
  });

  test('text is no OrgId to the compiler', () => {
    const take = (orgId: OrgId) => orgId;
    // @ts-expect-error: it went through no check
    expect(take('org_A')).toBe('org_A');
  });
});
