import { expect, test } from '@jest/globals';
import { makeUnknownId } from '../../src/isolation/request/unknown-id.js';

test.each([
  ['a UUID', '0192f0c1-7b2a-7cde-8f01-23456789abcd', /^0192f0c1-7b2a-7cde-8f01-[0-9a-f]{12}$/],
  ['a ULID with a prefix', 'prj_01JDXF4Z9QABCDEFGHJKMNPQRS', /^prj_01JDXF4Z9QABCD[0-9A-HJKMNP-TV-Z]{12}$/],
  ['an ObjectId', '507f1f77bcf86cd799439011', /^507f1f77bcf8[0-9a-f]{12}$/],
  ['a number as text', '17', /^1\d{9}$/],
  ['a number', 17, /^1\d{9}$/],
  ['a slug', 'apollo', /^[a-z]{6}$/],
  ['nothing to change', '---', /^----\d+$/],
])('%s', (_, id, form) => {
  for (let round = 0; round < 50; round += 1) {
    const made = makeUnknownId(id);
    expect(made).not.toBe(id);
    expect(typeof made).toBe(typeof id);
    expect(String(made)).toMatch(form);
  }
});
