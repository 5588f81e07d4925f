import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findLeak, markOrg, toOrgId } from '../../src/index.js';
import { seed, seeded } from '../frame/seeded.js';

const [orgA, orgB] = [toOrgId('org_A'), toOrgId('org_B')];
const search = (value: unknown, ...except: string[]) => findLeak(value, { orgId: orgA, except: new Set(except) });
const leak = (path: string, orgId = 'org_B') => ({ path, orgId });

describe('a field with another organization', () => {
  test.each(['org_id', 'orgId', 'orgID', 'ORG_ID', 'org-id', 'organization_id', 'organizationId', 'OrganizationID'])(
    '%s is found',
    (name) => {
      expect(search({ [name]: 'org_B' })).toEqual(leak(name));
      expect(search({ [name]: 'org_A' })).toBeUndefined();
    },
  );

  test.each(['id', 'org', 'organ_id', 'my_org_id', 'org_id_hash', 'orgidx'])('%s is no such field', (name) => {
    expect(search({ [name]: 'org_B' })).toBeUndefined();
  });

  test.each<[what: string, value: unknown, path: string]>([
    ['in a list', [{ org_id: 'org_A' }, { org_id: 'org_B' }], '[1].org_id'],
    ['in lists of lists', [[[{ org_id: 'org_B' }]]], '[0][0][0].org_id'],
    ['in a list of a field', { projects: [{}, {}, {}, { org_id: 'org_B' }] }, 'projects[3].org_id'],
    ['below an own object', { org_id: 'org_A', owner: { team: { orgId: 'org_B' } } }, 'owner.team.orgId'],
    ['the first of two', { a: { orgId: 'org_B' }, b: { orgId: 'org_C' } }, 'a.orgId'],
    [
      'in a class instance',
      new (class Project {
        org_id = 'org_B';
      })(),
      'org_id',
    ],
    ['in an object without a prototype', Object.assign(Object.create(null), { org_id: 'org_B' }), 'org_id'],
    [
      'behind a getter',
      {
        get org_id() {
          return 'org_B';
        },
      },
      'org_id',
    ],
    ['behind toJSON', { project: { toJSON: () => ({ org_id: 'org_B' }) } }, 'project.org_id'],
    [
      'behind the toJSON of a class',
      [
        new (class Entity {
          #orgId = 'org_B';
          toJSON() {
            return { orgId: this.#orgId };
          }
        })(),
      ],
      '[0].orgId',
    ],
    ['as one of a list of ids', { org_id: ['org_A', 'org_B'] }, 'org_id'],
    ['as a number', { org_id: 7 }, 'org_id'],
    ['as an empty text', { org_id: '' }, 'org_id'],
    ['as false', { org_id: false }, 'org_id'],
    ['in another spelling of the own', { org_id: 'ORG_A' }, 'org_id'],
    ['below a field with an organization', { org_id: { org_id: 'org_B' } }, 'org_id.org_id'],
  ])('%s', (_what, value, path) => {
    expect(search(value)?.path).toBe(path);
  });

  test.each<[what: string, orgId: unknown]>([
    ['an object of text', new String('org_B')],
    [
      'an id of a class with toJSON',
      new (class ObjectId {
        toJSON() {
          return 'org_B';
        }
      })(),
    ],
    [
      'a list of such ids',
      [
        new (class ObjectId {
          toJSON() {
            return 'org_B';
          }
        })(),
      ],
    ],
  ])('written as %s, which JSON makes a text of, is found', (_what, orgId) => {
    expect(JSON.stringify({ org_id: orgId })).toContain('"org_B"');
    expect(search({ org_id: orgId })).toEqual(leak('org_id'));
  });

  test('the own organization as such an id is no leak', () => {
    expect(search({ org_id: { toJSON: () => 'org_A' } })).toBeUndefined();
  });
});

describe('no leak', () => {
  test.each<[what: string, value: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'org_B'],
    ['a number', 7],
    ['an empty object', {}],
    ['own objects', { org_id: 'org_A', projects: [{ orgId: 'org_A' }] }],
    ['null and undefined for an organization', { org_id: null, orgId: undefined }],
    ['a date', { at: new Date(0) }],
    ['bytes', { bytes: Buffer.from('{"org_id":"org_B"}'), view: new DataView(new ArrayBuffer(8)) }],
    ['what JSON leaves out: maps and sets', { map: new Map([['org_id', 'org_B']]), set: new Set(['org_B']) }],
    [
      'what JSON leaves out: symbols, and fields that are not enumerable',
      Object.defineProperty({ [Symbol('org_id')]: 'org_B' }, 'org_id', { value: 'org_B' }),
    ],
    ['what JSON leaves out: inherited fields', Object.create({ org_id: 'org_B' })],
    ['what toJSON leaves out', { org_id: 'org_A', owner: { org_id: 'org_B', toJSON: () => ({ name: 'Bo' }) } }],
    ['a list with holes', Array(3)],
    ['a value that is a function', { org: () => 'org_B' }],
  ])('%s', (_what, value) => {
    expect(search(value)).toBeUndefined();
  });

  test('an object that stands in two places is looked at in both', () => {
    const shared = { org_id: 'org_A' };
    expect(search({ a: shared, b: [shared, shared] })).toBeUndefined();
    const foreign = { org_id: 'org_B' };
    expect(search({ memberships: foreign, b: foreign }, 'memberships')).toEqual(leak('b.org_id'));
  });

  test('a circle ends, and what stands beside it is found', () => {
    const circle: Record<string, unknown> = { org_id: 'org_A' };
    circle.self = circle;
    expect(search(circle)).toBeUndefined();
    circle.list = [circle, { org_id: 'org_B' }];
    expect(search(circle)).toEqual(leak('list[1].org_id'));
  });
});

describe('exceptions', () => {
  test('other organizations may be named below the fields told, and only there', () => {
    const value = { memberships: [{ org_id: 'org_B' }], projects: [{ org_id: 'org_B' }] };
    expect(search(value, 'memberships')).toEqual(leak('projects[0].org_id'));
    expect(search({ memberships: value.memberships }, 'memberships')).toBeUndefined();
    expect(search({ Memberships: value.memberships }, 'memberships')).toEqual(leak('Memberships[0].org_id'));
  });

  test('a field with an organization can be one', () => {
    expect(search({ organization_id: 'org_B', org_id: 'org_A' }, 'organization_id')).toBeUndefined();
  });
});

describe('for nobody’s organization', () => {
  test('whatever is any organization’s is a leak', () => {
    const nobody = { orgId: undefined, except: new Set<string>() };
    expect(findLeak({ org_id: 'org_A' }, nobody)).toEqual(leak('org_id', 'org_A'));
    expect(findLeak(markOrg({ name: 'Apollo' }, orgA), nobody)).toEqual(leak('(answer)', 'org_A'));
    expect(findLeak({ name: 'Apollo', org_id: null }, nobody)).toBeUndefined();
  });
});

describe('a mark', () => {
  test('is found where the field was left out, also on a list and in a copy', () => {
    expect(search(markOrg({ name: 'Bo' }, orgB))).toEqual(leak('(answer)'));
    expect(search({ projects: markOrg([{ name: 'Bo' }], orgB) })).toEqual(leak('projects'));
    expect(search([{ ...markOrg({ name: 'Bo' }, orgB), extra: 1 }])).toEqual(leak('[0]'));
    expect(search(Object.assign({}, markOrg({ name: 'Bo' }, orgB)))).toEqual(leak('(answer)'));
  });

  test('of the own organization is no leak, and is in no JSON', () => {
    const marked = markOrg({ name: 'Ada' }, orgA);
    expect(search({ marked })).toBeUndefined();
    expect([JSON.stringify(marked), Object.keys(marked)]).toEqual(['{"name":"Ada"}', ['name']]);
  });

  test('that two objects brought into one counts as the last', () => {
    expect(search({ ...markOrg({ a: 1 }, orgA), ...markOrg({ b: 2 }, orgB) })).toEqual(leak('(answer)'));
  });

  test('is found on an object that writes itself', () => {
    class Entity {
      readonly name = 'Bo';
      toJSON() {
        return { name: this.name };
      }
    }
    expect(search({ project: markOrg(new Entity(), orgB) })).toEqual(leak('project'));
  });
});

describe('any answer', () => {
  const key = fc.oneof(
    fc.constantFrom('projects', 'a', 'b', 'id', 'org', '0', ' '),
    fc.string({ minLength: 1, maxLength: 5 }),
  );
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean(), fc.constant(null), fc.constant('org_B')),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(key, tie('json'), { maxKeys: 4 }),
      fc.dictionary(key, tie('json'), { maxKeys: 4 }).map((object) => ({ ...object, org_id: 'org_A' })),
    ),
  }));
  const names = fc.constantFrom('org_id', 'orgId', 'organization_id', 'organizationId');

  /** All places in an answer where a field could be put. */
  const objectsIn = (value: unknown, path = ''): [path: string, object: Record<string, unknown>][] => {
    if (typeof value !== 'object' || value === null) return [];
    if (Array.isArray(value)) return value.flatMap((each, at) => objectsIn(each, `${path}[${at}]`));
    const within = Object.entries(value).flatMap(([name, member]) =>
      objectsIn(member, path === '' ? name : `${path}.${name}`),
    );
    return [[path, value as Record<string, unknown>], ...within];
  };

  test(`without another organization’s has no leak (seed ${seed})`, () => {
    fc.assert(
      fc.property(json, (value) => expect(search(value)).toBeUndefined()),
      seeded,
    );
  });

  test(`with one object of another organization anywhere has a leak, at its path (seed ${seed})`, () => {
    fc.assert(
      fc.property(json, names, fc.nat(), (value, name, where) => {
        const places = objectsIn(value);
        fc.pre(places.length > 0);
        const [path, object] = places[where % places.length] as (typeof places)[number];
        object[name] = 'org_B';
        expect(search(value)).toEqual(leak(path === '' ? name : `${path}.${name}`));
      }),
      seeded,
    );
  });

  test(`that leaks as JSON, leaks before it is JSON (seed ${seed})`, () => {
    const anything = fc.anything({
      key: fc.oneof(key, names),
      values: [fc.constant('org_B'), fc.constant('org_A'), fc.integer(), fc.date(), fc.constant(undefined)],
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSet: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(anything, (value) => {
        const text = JSON.stringify(value);
        fc.pre(text !== undefined && search(JSON.parse(text)) !== undefined);
        expect(search(value)).toBeDefined();
      }),
      seeded,
    );
  });
});
