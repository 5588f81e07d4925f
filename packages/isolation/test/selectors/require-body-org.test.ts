import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { requireBodyOrg, stampBody } from '../../src/adapter.js';
import { callerOf } from '../frame/caller.js';
import { refusalOf } from '../frame/refusals.js';
import { seed, seeded } from '../frame/seeded.js';

const own = callerOf('org_A');

describe('an assertion in the body', () => {
  const asserted = (body: unknown) => refusalOf(() => requireBodyOrg({}, own, body, 'org_id'));

  test.each<[what: string, body: unknown, refusal: string]>([
    ['the own organization', { org_id: 'org_A', name: 'Apollo' }, 'passed'],
    ['none', { name: 'Apollo' }, 'passed'],
    ['null, which would take it away', { org_id: null }, '400 org_ambiguous'],
    ['a member that becomes a prototype', JSON.parse('{"__proto__":{"org_id":"org_B"}}'), '400 org_ambiguous'],
    ['a list of lists', [[{ org_id: 'org_B' }]], '400 org_ambiguous'],
    ['a text', 'org_id=org_B', '400 org_ambiguous'],
    ['another', { org_id: 'org_B' }, '403 org_mismatch'],
    ['a near miss', { org_id: 'ORG_A' }, '403 org_mismatch'],
    ['an empty one', { org_id: '' }, '403 org_mismatch'],
    ['a list', { org_id: ['org_A'] }, '400 org_ambiguous'],
    ['an object', { org_id: { $ne: 'org_A' } }, '400 org_ambiguous'],
    ['a number', { org_id: 0 }, '400 org_ambiguous'],
    ['a list of objects, all own', [{ org_id: 'org_A' }, {}, { org_id: 'org_A' }], 'passed'],
    ['a list of objects, the last another’s', [{ org_id: 'org_A' }, { org_id: 'org_B' }], '400 org_ambiguous'],
    ['a list of objects, the only one that names any another’s', [{}, { org_id: 'org_B' }], '403 org_mismatch'],
    ['an empty list', [], 'passed'],
    ['no body', undefined, 'passed'],
    ['null as the body', null, 'passed'],
    ['a field of another name', { orgId: 'org_B' }, 'passed'],
  ])('%s', (_what, body, refusal) => {
    expect(asserted(body)).toBe(refusal);
  });
});

describe('the stamp', () => {
  const stamped = (body: unknown, field = 'org_id') => {
    const refusal = refusalOf(() => stampBody(own, body, field));
    return refusal === 'passed' ? body : refusal;
  };

  test('is written into a body that names none, another, several or nonsense', () => {
    for (const orgId of [undefined, 'org_B', 'org_A', null, 7, ['org_B'], { id: 'org_B' }]) {
      expect(stamped({ name: 'Apollo', org_id: orgId })).toEqual({ name: 'Apollo', org_id: 'org_A' });
    }
  });

  test('takes out every other spelling at the top, and the field that it writes', () => {
    const body = {
      orgId: 'org_B',
      organization_id: 'org_B',
      OrganizationID: 'org_B',
      'org-id': 'org_B',
      tenant: 'org_B',
    };
    expect(stamped(body, 'tenant')).toEqual({ tenant: 'org_A' });
  });

  test('is written into each object of a list', () => {
    expect(stamped([{ org_id: 'org_B' }, { a: 1 }])).toEqual([{ org_id: 'org_A' }, { a: 1, org_id: 'org_A' }]);
  });

  test.each<[what: string, body: unknown]>([
    ['in an object', { project: { org_id: 'org_B' } }],
    ['in a list', { tasks: [{ org_id: 'org_A' }, { orgId: 'org_B' }] }],
    ['in a list in a list', { tasks: [[{ org_id: 'org_B' }]] }],
    ['as a list of ids', { project: { org_id: ['org_B'] } }],
    ['as an object', { project: { org_id: { id: 'org_A' } } }],
    ['as an empty text', { project: { organizationId: '' } }],
    ['behind a name that objects have by themselves', { a: JSON.parse('{"__proto__":{"org_id":"org_B"}}') }],
    ['behind null', { project: null, other: { deep: { org_id: 'org_B' } } }],
  ])('refuses data of another organization further in: %s', (_what, body) => {
    expect(stamped(body)).toBe('403 org_mismatch');
  });

  test('lets the own organization and none stand further in', () => {
    const body = { project: { org_id: 'org_A', tasks: [{ org_id: null }, { title: 'a' }] } };
    expect(stamped(structuredClone(body))).toEqual({ ...body, org_id: 'org_A' });
  });

  const nested = (depth: number, inmost: unknown) =>
    Array.from({ length: depth }).reduce<unknown>((within) => ({ within }), inmost);

  test('refuses a body that is too deep to be looked through, and does not break on it', () => {
    expect(stamped(nested(60, { org_id: 'org_B' }))).toBe('403 org_mismatch');
    expect(stamped(nested(70, {}))).toBe('400 org_ambiguous');
    expect(stamped(nested(200_000, {}))).toBe('400 org_ambiguous');
  });

  test.each([undefined, null])('becomes a body where there is none: %j', (body) => {
    expect(stampBody(own, body, 'org_id')).toEqual({ org_id: 'org_A' });
  });

  test.each([7, 'text', [[{ name: 'x' }]], JSON.parse('{"__proto__":{}}')])(
    'refuses %j, which has no place for it',
    (body) => {
      expect(stamped(body)).toBe('400 org_ambiguous');
    },
  );

  test('does not leak to what other objects inherit', () => {
    stamped(JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}'));
    expect(({} as { x?: unknown }).x).toBeUndefined();
    expect(({} as { org_id?: unknown }).org_id).toBeUndefined();
  });

  test(`leaves nothing in any body that names another organization (seed ${seed})`, () => {
    const key = fc.oneof(
      fc.constantFrom('org_id', 'orgId', 'organizationId', 'a', 'b', 'tasks'),
      fc.string({ maxLength: 4 }),
    );
    const { body } = fc.letrec((tie) => ({
      body: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('org_A', 'org_B', null, 1, true),
        fc.array(tie('body'), { maxLength: 3 }),
        fc.dictionary(key, tie('body'), { maxKeys: 4 }),
      ),
    }));
    const spelt = /^(org|organization)[_-]*id$/i;
    const foreignIn = (value: unknown): boolean =>
      typeof value === 'object' &&
      value !== null &&
      Object.entries(value).some(
        ([name, member]) => (spelt.test(name) && member !== null && member !== 'org_A') || foreignIn(member),
      );
    fc.assert(
      fc.property(body, (value) => {
        if (refusalOf(() => stampBody(own, value, 'org_id')) === 'passed') expect(foreignIn(value)).toBe(false);
      }),
      seeded,
    );
  });
});
