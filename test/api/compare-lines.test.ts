import { expect, test } from '@jest/globals';
import { compareLines } from './compare-lines.mjs';

test.each([
  ['equal texts', 'a\nb\n', 'a\nb\n', []],
  ['a line that is gone', 'a\nb\n', 'a\n', ['- b']],
  ['a line that is new', 'a\n', 'a\nb\n', ['+ b']],
  ['a line that is there once more', 'a\n', 'a\na\n', ['+ a']],
  ['a changed line, what is gone first', 'a\nb\n', 'c\nb\n', ['- a', '+ c']],
  ['lines that changed places', 'a\nb\n', 'b\na\n', ['the same lines in another order']],
])('%s', (_what, before, after, lines) => {
  expect(compareLines(before, after)).toEqual(lines);
});
