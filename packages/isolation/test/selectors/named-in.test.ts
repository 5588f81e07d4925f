import { parse } from 'node:querystring';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { namedInHeaders, namedInQuery } from '../../src/adapter.js';
import { seed, seeded } from '../frame/seeded.js';

const inQuery = (url: string) => namedInQuery(url, undefined, 'org_id');
const inHeaders = (rawHeaders: string[], name: string) => namedInHeaders({ headers: {}, rawHeaders }, name);

describe('in the query', () => {
  test.each<[query: string, named: unknown]>([
    ['', undefined],
    ['?', undefined],
    ['?other=org_B', undefined],
    ['?org_idx=org_B', undefined],
    ['?Org_Id=org_B', undefined],
    ['?x=org_id=org_B', undefined],
    ['?org_id=org_A', 'org_A'],
    ['?org_id', ''],
    ['?org_id=', ''],
    ['?a=1&org_id=org_A&b=2', 'org_A'],
    ['?org%5Fid=org_A', 'org_A'],
    ['?org_id=org%5FA', 'org_A'],
    ['?org_id=org%255FA', 'org%5FA'],
    ['?org_id=org+A', 'org A'],
    ['?org_id=org_A?org_id=org_B', ['org_A', 'org_B']],
    ['?org_id=a=b', 'a=b'],
    ['?org_id=org_A&org_id=org_A', ['org_A', 'org_A']],
    ['?org_id=org_A&org_id=org_B', ['org_A', 'org_B']],
    ['?org_id=org_A&org%5fid=org_B', ['org_A', 'org_B']],
  ])('/projects%s names %j', (query, named) => {
    expect(inQuery(`/projects${query}`)).toEqual(named);
  });

  test.each([
    '?org_id[]=org_A',
    '?org_id[0]=org_A',
    '?org_id[x]=org_A',
    '?org_id%5B%5D=org_A',
    '?org_id[=org_A',
    '?org_id=org_A&org_id[]=org_B',
    '?org_id[]=org_B&org_id=org_A',
    '?[org_id]=org_A',
    '?%5Borg_id%5D=org_A',
    '?org_id=org_A&[org_id]=org_B',
    '?[org_id][]=org_B',
  ])('/projects%s, of which some parsers make a list or the field itself, names no one organization', (query) => {
    expect(inQuery(`/projects${query}`)).toEqual(expect.any(Array));
  });

  test(`says the same as the parser of Node.js, where that has one text (seed ${seed})`, () => {
    const piece = fc.oneof(
      fc.constantFrom('org_id', 'org%5Fid', 'org_A', '=', '&', '%', '%FF', '+', '[', ']', '?', '%00', 'ä', '%C3%A4'),
      fc.string({ maxLength: 3 }).map((text) => text.replace(/[#\s]/g, '')),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const query = pieces.join('');
        const { org_id: told } = parse(query);
        const named = inQuery(`/projects?${query}`);
        if (typeof told === 'string') expect(Array.isArray(named) ? named.flat() : [named]).toContain(told);
        if (Array.isArray(told)) expect(named).toEqual(expect.any(Array));
      }),
      { ...seeded, numRuns: 2_000 },
    );
  });

  test(`names what was written there, whatever it is (seed ${seed})`, () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 3 }),
        fc.array(fc.tuple(text, text), { maxLength: 4 }),
        (values, others) => {
          const query = new URLSearchParams();
          for (const [name, value] of others) if (!/^\[?org_id(\[|\]|$)/.test(name)) query.append(name, value);
          for (const value of values) query.append('org_id', value);
          const expected = values.length > 1 ? values : values[0];
          expect(inQuery(`/projects?${query}`)).toEqual(expected);
        },
      ),
      seeded,
    );
  });
});

describe('in the headers', () => {
  const headers = ['Host', 'api.test', 'X-Org-Id', 'org_A', 'Referer', 'X-Org-Id', 'x-organization', 'org_B'];

  test('a header is found by its name, however it is spelt, and by no value', () => {
    expect(['x-org-id', 'X-ORG-ID', 'X-Org-Id', 'referer'].map((name) => inHeaders(headers, name))).toEqual([
      'org_A',
      'org_A',
      'org_A',
      'X-Org-Id',
    ]);
    expect(['x-org', 'org_A', 'api.test', ''].map((name) => inHeaders(headers, name))).toEqual(
      Array(4).fill(undefined),
    );
  });

  test('several are a list, equal or not', () => {
    expect(inHeaders([...headers, 'x-ORG-id', 'org_A'], 'X-Org-Id')).toEqual(['org_A', 'org_A']);
    expect(inHeaders([...headers, 'x-ORG-id', ''], 'X-Org-Id')).toEqual(['org_A', '']);
  });

  test('an empty one is there', () => {
    expect(inHeaders(['X-Org-Id', ''], 'x-org-id')).toBe('');
  });

  test('there may be none at all', () => {
    expect(inHeaders([], 'x-org-id')).toBeUndefined();
  });
});

describe('in headers without a raw list', () => {
  test.each<[headers: ConstructorParameters<typeof Headers>[0] & object, named: unknown]>([
    [{}, undefined],
    [{ 'x-org-id': 'org_B' }, 'org_B'],
    [{ 'X-Org-Id': 'org_B' }, 'org_B'],
    [{ 'x-org-id': '' }, ''],
    [{ 'x-org-id': 'org_A, org_B' }, ['org_A', ' org_B']],
    [{ 'x-org-id': 'org_A', 'X-Org-Id': 'org_B' }, ['org_A', 'org_B']],
    [new Headers({ 'X-Org-Id': 'org_B' }), 'org_B'],
    [new Headers(), undefined],
  ])('%j names %j', (headers, named) => {
    for (const rawHeaders of [undefined, []]) {
      expect(namedInHeaders({ headers: headers as never, rawHeaders }, 'X-Org-Id')).toEqual(named);
    }
  });
});
