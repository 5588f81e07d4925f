import { expect, test } from '@jest/globals';
import { expectWalls, WallError } from '../../src/isolation.js';

const hole = { code: 'RLS_OFF', object: 'app.task', detail: 'row level security is disabled' };

test('no findings, now or later', async () => {
  await expectWalls({ findings: [] });
  await expectWalls(Promise.resolve({ findings: [] }));
});

test('every finding is listed', async () => {
  const error: unknown = await expectWalls({ findings: [hole, { ...hole, object: 'app.note' }] }).catch(
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(WallError);
  expect((error as WallError).findings).toHaveLength(2);
  expect((error as Error).message).toBe(
    'The wall between organizations has 2 holes:\n' +
      '  RLS_OFF app.task: row level security is disabled\n' +
      '  RLS_OFF app.note: row level security is disabled',
  );
});

test.each([undefined, {}, { findings: 'none' }])('%j is no report', async (report) => {
  await expect(expectWalls(report as never)).rejects.toThrow(TypeError);
});

test('what fails to verify fails here', async () => {
  await expect(expectWalls(Promise.reject(new Error('no database')))).rejects.toThrow('no database');
});
