import { expect, test } from '@jest/globals';
import { featuresOf } from '../../src/isolation/answers/answer-features.js';
import { tellApart } from '../../src/isolation/answers/tell-apart.js';

const answer = (status: number, body: unknown, headers: [string, string][] = []) =>
  featuresOf({
    status,
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    isComplete: true,
  });

test.each([
  ['the status', answer(403, {}), answer(404, {}), ['status']],
  ['a value', answer(404, { a: 1 }), answer(404, { a: 2 }), ['body.a']],
  ['a type', answer(404, { a: 1 }), answer(404, { a: '1' }), ['body.a']],
  ['a member more', answer(404, { a: 1 }), answer(404, {}), ['keys of body', 'body.a']],
  ['the order', answer(404, { a: 1, b: 1 }), answer(404, { b: 1, a: 1 }), ['keys of body']],
  ['the length', answer(200, [1]), answer(200, []), ['keys of body', 'body.0']],
  ['a line', answer(404, 'a\nb'), answer(404, 'a\nc'), ['body line 2']],
  ['a header', answer(404, {}, [['x-owner', 'b']]), answer(404, {}), ['header x-owner']],
  [
    'a header that comes twice',
    answer(404, {}, [
      ['a', '1'],
      ['a', '2'],
    ]),
    answer(404, {}, [['a', '1']]),
    ['header a'],
  ],
  ['the date', answer(404, {}, [['date', 'now']]), answer(404, {}, [['date', 'then']]), []],
])('two answers differ in %s', (_, one, other, names) => {
  expect(tellApart([one, one], [other, other])).toEqual(names);
});

test('what changes by itself tells nothing, even when one of the two kinds happens to agree', () => {
  const [one, two, three] = [1, 2, 3].map((at) => answer(404, { at })) as [never, never, never];
  expect(tellApart([one, two], [three, three])).toEqual([]);
  expect(tellApart([one, one], [two, three])).toEqual([]);
});

test('what is repeated of the request tells nothing, within a longer word it does', () => {
  const echoed = (id: string, text: string) =>
    featuresOf({ status: 404, headers: [], body: text, isComplete: true }, [[id, '<id>']]);
  expect(tellApart([echoed('7', 'no 7 here')], [echoed('8', 'no 8 here')])).toEqual([]);
  expect(tellApart([echoed('7', 'a17')], [echoed('8', 'a18')])).toEqual(['body line 1']);
});
