import { expect, test } from '@jest/globals';
import { hugeBody } from '../../src/traffic/endless-body.js';

test('the huge body is JSON of 64 MiB, and all its blocks are one piece of memory', async () => {
  const wire = { gone: new AbortController().signal, pause: () => Promise.resolve() };
  const memory = new Set<Uint8Array>();
  const text: string[] = [];
  let bytes = 0;
  for await (const piece of hugeBody.bytes(wire)) {
    bytes += piece.length;
    // The first, one block and the last: enough to see that the whole parses.
    if (!memory.has(piece)) text.push(Buffer.from(piece).toString());
    memory.add(piece);
  }
  expect(bytes).toBeGreaterThan(64 * 1024 * 1024);
  expect([...memory].reduce((sum, { length }) => sum + length, 0)).toBeLessThan(64 * 1024);
  expect(Object.keys(JSON.parse(text.join('')))).toEqual(['keys']);
});
