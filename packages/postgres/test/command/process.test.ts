import { createDatabaseWithRoles, describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { describe, expect, test } from '@jest/globals';
import { run, runProcess } from './run-command.js';

/** What a process adds to the command: its arguments, environment, streams and exit code. */
describe('the command in a process of its own', () => {
  test.each([
    { args: ['--help'], code: 0 },
    { args: ['verify', '--unknown'], code: 2 },
    { args: ['doctor'], env: { DATABASE_URL: 'mysql://u:hunter2@h/d' }, code: 1 },
  ])('$args ends with $code', async ({ args, env, code }) => {
    const ended = await runProcess(args, env);
    expect(ended).toEqual(await run(args, env));
    expect(ended.code).toBe(code);
    expect([ended.stdout, ended.stderr].filter((text) => text !== '')).toHaveLength(1);
  });
});

(await describeOnPostgres(describe, 'connect-auth-postgres as a process'))(
  'the command in a process of its own',
  () => {
    test('ends by itself after it has asked a database', async () => {
      const database = await createDatabaseWithRoles();
      try {
        const env = { DATABASE_URL: database.runtimeUrl };
        const ended = await runProcess(['doctor'], env);
        expect(ended).toMatchObject({ code: 0, stderr: '' });
        expect(ended).toEqual(await run(['doctor'], env));
      } finally {
        await database.drop();
      }
    });
  },
);
