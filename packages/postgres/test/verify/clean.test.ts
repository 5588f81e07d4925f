import { verifyWalls } from '@connect-auth/postgres';
import { expect, test } from '@jest/globals';
import { describeEngines } from '../kit/engines.js';
import { createTables, type Shape } from '../kit/two-tables.js';

const shapes: readonly (Shape & { name: string })[] = [
  { name: 'bound', mode: 'bound' },
  { name: 'sealed', mode: 'sealed' },
  { name: 'bound, hierarchical', mode: 'bound', hierarchy: true },
  { name: 'sealed, hierarchical', mode: 'sealed', hierarchy: true },
];

for (const { name, ...shape } of shapes) {
  await describeEngines(`a schema made by the generators, ${name},`, (engine) => {
    test('has no finding, whoever asks', async () => {
      await createTables(engine(), shape);
      const session = await engine().connect();
      const report = await verifyWalls(session, { context: { mode: shape.mode ?? 'bound' } });
      expect(report).toEqual({
        role: engine().runtime,
        tables: ['app.project', 'app.task'],
        findings: [],
        accepted: [],
        unused: [],
      });
      const byTheSuperuser = await engine().asSuperuser((superuser) =>
        verifyWalls(superuser, { role: engine().runtime }),
      );
      expect(byTheSuperuser.findings).toEqual([]);
    });

    test('is clean where the search path hides the schema of the functions', async () => {
      const session = await engine().connect();
      await session.query('SET search_path = app, public');
      expect((await verifyWalls(session)).findings).toEqual([]);
    });
  });
}
