import { ConfigurationError, OrgForbiddenError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { findLeak, type Owned, requireOwned } from '../../src/index.js';
import { callerOf } from '../frame/caller.js';
import { refusalOf } from '../frame/refusals.js';

interface Project {
  readonly id: string;
  readonly org_id: string;
}
const own = callerOf('org_A');
const project = (orgId: unknown) => ({ id: 'p1', org_id: orgId }) as Project;
const unclear = new ConfigurationError(
  'project',
  'was loaded without one organization: give orgOf, or load its org_id',
);

describe('an object', () => {
  test.each(['org_id', 'orgId', 'organization_id', 'organizationId', 'ORG_ID'])(
    'of the caller’s organization, told by %s, passes as itself',
    (field) => {
      const value = { id: 'p1', [field]: 'org_A' };
      expect(requireOwned(own, value, { type: 'project' })).toBe(value);
    },
  );

  test('of another organization, and one that is not there, are answered alike', () => {
    const errors = [project('org_B'), project('org_a'), project('org_A '), null, undefined].map((value) => {
      try {
        return requireOwned(own, value, { type: 'project' });
      } catch (error) {
        const { status, error: code, description } = error as OrgForbiddenError;
        return { status, code, description };
      }
    });
    expect(errors).toEqual(Array(5).fill({ status: 404, code: undefined, description: 'There is no such resource' }));
  });

  test('tells the operator which of the two it was, and nobody whose it is', () => {
    expect(refusalOf(() => requireOwned(own, project('org_B'), { type: 'project' }))).toBe('404 org_mismatch');
    expect(refusalOf(() => requireOwned(own, null, { type: 'project' }))).toBe('404 not_found');
    const error = new OrgForbiddenError('org_mismatch', { hidden: true });
    expect(JSON.stringify(error) + error.message).not.toContain('org_B');
  });

  test('of another organization is forbidden where that is told; one that is not there stays unknown', () => {
    const options = { type: 'project', foreign: 'forbid' } as const;
    expect(refusalOf(() => requireOwned(own, project('org_B'), options))).toBe('403 org_mismatch');
    expect(refusalOf(() => requireOwned(own, undefined, options))).toBe('404 not_found');
  });

  test.each<[what: string, value: unknown]>([
    ['no organization', { id: 'p1' }],
    ['null for an organization', project(null)],
    ['an empty organization', project('')],
    ['a number for an organization', project(7)],
    ['a list for an organization', project(['org_A'])],
    ['an object for an organization', project({ id: 'org_A' })],
    ['two organizations', { org_id: 'org_A', organizationId: 'org_B' }],
    ['the organization only further in', { project: { org_id: 'org_A' } }],
    ['a list of objects', [project('org_A')]],
    ['a text', 'org_A'],
    ['a number', 0],
    ['false', false],
  ])('that was loaded with %s is nobody’s, and not the caller’s', (_what, value) => {
    expect(() => requireOwned(own, value, { type: 'project' })).toThrow(unclear);
  });

  test('that tells the same organization twice is of that one', () => {
    expect(
      refusalOf(() =>
        requireOwned(own, { org_id: 'org_A', orgId: 'org_A', organizationId: null }, { type: 'project' }),
      ),
    ).toBe('passed');
  });

  test('does not inherit an organization', () => {
    expect(() => requireOwned(own, Object.create({ org_id: 'org_A' }), { type: 'project' })).toThrow(unclear);
  });
});

describe('with orgOf', () => {
  test('that alone counts', () => {
    const value = { org_id: 'org_B', owner: { id: 'org_A' } };
    const orgOf = ({ owner }: typeof value) => owner.id;
    expect(requireOwned(own, value, { type: 'project', orgOf })).toBe(value);
    expect(refusalOf(() => requireOwned(callerOf('org_B'), value, { type: 'project', orgOf }))).toBe(
      '404 org_mismatch',
    );
  });

  test.each<[what: string, owner: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['a list', ['org_A']],
    ['a promise', Promise.resolve('org_A')],
  ])('that gives %s the object is nobody’s', (_what, owner) => {
    expect(() => requireOwned(own, project('org_A'), { type: 'project', orgOf: () => owner as string })).toThrow(
      unclear,
    );
  });

  test('is not asked about what is not there', () => {
    const orgOf = () => {
      throw new Error('asked');
    };
    expect(refusalOf(() => requireOwned(own, null, { type: 'project', orgOf }))).toBe('404 not_found');
  });

  test('a text can be somebody’s as well', () => {
    expect(requireOwned(own, 'org_A/report.pdf', { type: 'file', orgOf: (path) => path.split('/')[0] ?? '' })).toBe(
      'org_A/report.pdf',
    );
  });
});

describe('what has passed', () => {
  test('is marked: in the answer to another organization it is found without its field', () => {
    const { id, ...rest } = requireOwned(own, { id: 'p1', org_id: 'org_A', name: 'Apollo' }, { type: 'project' });
    const { org_id: _, ...shown } = rest;
    const search = (orgId: string) => findLeak({ shown }, { orgId, except: new Set() });
    expect([JSON.stringify(shown), search('org_A'), search('org_B')]).toEqual([
      '{"name":"Apollo"}',
      undefined,
      { path: 'shown', orgId: 'org_A' },
    ]);
    expect(id).toBe('p1');
  });

  test('may be frozen', () => {
    const value = Object.freeze(project('org_A'));
    expect(requireOwned(own, value, { type: 'project' })).toBe(value);
  });

  test('is an Owned to the compiler, and nothing else is', () => {
    const rename = (value: Owned<Project>) => value.id;
    expect(rename(requireOwned(own, project('org_A'), { type: 'project' }))).toBe('p1');
    // @ts-expect-error: nobody has looked whose it is
    expect(rename(project('org_B'))).toBe('p1');
  });
});
