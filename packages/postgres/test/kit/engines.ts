import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Engine, openPglite, openPostgres } from './engine.js';

/** The same tests on both engines, each on a database of its own. */
export async function describeEngines(title: string, tests: (engine: () => Engine) => void): Promise<void> {
  const engines = [
    { name: 'PostgreSQL', describeIt: await describeOnPostgres(describe, title), open: openPostgres },
    { name: 'PGlite', describeIt: describe, open: openPglite },
  ];
  for (const { name, describeIt, open } of engines) {
    describeIt(`${title} on ${name}`, () => {
      let engine: Engine | undefined;
      beforeAll(async () => {
        engine = await open();
      });
      afterAll(() => engine?.close());
      tests(() => engine as Engine);
    });
  }
}
