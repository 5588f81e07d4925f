import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type OrgSelector, requireNamedOrg } from '../../src/adapter.js';
import { callerOf } from '../frame/caller.js';
import { refusalOf } from '../frame/refusals.js';
import { seed, seeded } from '../frame/seeded.js';

const own = callerOf('org_A');
const selectors: readonly OrgSelector[] = ['path', 'header', 'subdomain', 'query', 'body'];

const named = (value: unknown, options: Parameters<typeof requireNamedOrg>[3], request = {}) =>
  refusalOf(() => requireNamedOrg(request, own, value, options));

describe.each(selectors)('in the %s', (selector) => {
  test('the caller’s own organization passes, and so does none', () => {
    expect(['org_A', undefined, null].map((value) => named(value, { selector }))).toEqual(Array(3).fill('passed'));
  });

  test.each(['org_B', 'org_a', 'ORG_A', 'org_A ', ' org_A', 'org_AA', 'org_', '', 'org%5FA', 'org_A\0', 'оrg_A'])(
    '%j is another: hidden in the path, forbidden elsewhere, unless told otherwise',
    (value) => {
      expect(named(value, { selector })).toBe(selector === 'path' ? '404 org_mismatch' : '403 org_mismatch');
      expect(named(value, { selector, foreign: 'hide' })).toBe('404 org_mismatch');
      expect(named(value, { selector, foreign: 'forbid' })).toBe('403 org_mismatch');
    },
  );

  test.each<[what: string, value: unknown]>([
    ['a list', ['org_A', 'org_A']],
    ['a list of one', ['org_A']],
    ['an empty list', []],
    ['an object', { 0: 'org_A' }],
    ['an object of text', new String('org_A')],
    ['a number', 0],
    ['false', false],
  ])('%s is no one organization: 400, whatever is told', (_what, value) => {
    for (const options of [{ selector }, { selector, foreign: 'hide' }, { selector, foreign: 'forbid' }] as const) {
      expect(named(value, options)).toBe('400 org_ambiguous');
    }
  });
});

describe('two places', () => {
  const places = selectors.flatMap((first) => selectors.map((second) => [first, second] as const));

  test.each(places)('%s and %s that both name the caller’s organization: passed', (first, second) => {
    const request = {};
    expect([named('org_A', { selector: first }, request), named('org_A', { selector: second }, request)]).toEqual([
      'passed',
      'passed',
    ]);
  });

  test.each(places)('%s names the caller’s organization, %s another: 400', (first, second) => {
    const request = {};
    expect(named('org_A', { selector: first }, request)).toBe('passed');
    expect(named('org_B', { selector: second, foreign: 'hide' }, request)).toBe('400 org_ambiguous');
  });

  test.each(places)('%s named another and was refused, %s names the caller’s: 400', (first, second) => {
    const request = {};
    expect(named('org_B', { selector: first }, request)).toMatch(/^40[34] org_mismatch$/);
    expect(named('org_A', { selector: second }, request)).toBe('400 org_ambiguous');
  });

  test('of two requests have nothing to do with each other', () => {
    expect(named('org_A', { selector: 'path' }, {})).toBe('passed');
    expect(named('org_B', { selector: 'query' }, {})).toBe('403 org_mismatch');
  });

  test('one of which names none: the other counts alone', () => {
    const request = {};
    expect(named(undefined, { selector: 'path' }, request)).toBe('passed');
    expect(named('org_B', { selector: 'query' }, request)).toBe('403 org_mismatch');
  });
});

test(`whatever stands there, only the caller’s own organization and nothing pass (seed ${seed})`, () => {
  const orgId = fc.constantFrom('org_A', 'org_B', '__proto__', 'constructor', '0');
  fc.assert(
    fc.property(orgId, fc.oneof(orgId, fc.anything()), fc.constantFrom(...selectors), (callers, value, selector) => {
      const refusal = refusalOf(() => requireNamedOrg({}, callerOf(callers), value, { selector }));
      const expected =
        value === undefined || value === null || value === callers
          ? /^passed$/
          : typeof value === 'string'
            ? /^40[34] org_mismatch$/
            : /^400 org_ambiguous$/;
      expect(refusal).toMatch(expected);
    }),
    seeded,
  );
});

test(`of any places of one request, all pass or the first that disagrees does not (seed ${seed})`, () => {
  const place = fc.record({
    value: fc.constantFrom(undefined, 'org_A', 'org_B', 'org_a'),
    selector: fc.constantFrom(...selectors),
  });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 6 }), (places) => {
      const request = {};
      const refusals = places.map(({ value, selector }) => named(value, { selector }, request));
      const wrong = places.findIndex(({ value }) => value !== undefined && value !== 'org_A');
      const before = wrong === -1 ? places : places.slice(0, wrong);
      expect(refusals.slice(0, before.length)).toEqual(before.map(() => 'passed'));
      if (wrong === -1) return;
      const isFirstNamed = before.every(({ value }) => value === undefined);
      expect(refusals[wrong]).toMatch(isFirstNamed ? /^40[34] org_mismatch$/ : /^400 org_ambiguous$/);
    }),
    seeded,
  );
});
