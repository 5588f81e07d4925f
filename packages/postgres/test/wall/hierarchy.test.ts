import { beforeAll, expect, test } from '@jest/globals';
import type { Session } from '../kit/engine.js';
import { describeEngines } from '../kit/engines.js';
import { createTables, inOrg } from '../kit/two-tables.js';

for (const mode of ['bound', 'sealed'] as const) {
  await describeEngines(`a hierarchical wall, ${mode},`, (engine) => {
    let session: Session;
    const inParent = <Result>(work: (session: Session) => Promise<Result>) =>
      inOrg(session, 'parent', work, { mode, readableOrgs: ['child'] });
    const inChild = <Result>(work: (session: Session) => Promise<Result>) => inOrg(session, 'child', work, { mode });
    const readIds = async (own: Session) =>
      (await own.query('SELECT id FROM app.project ORDER BY id')).rows.map(({ id }) => id);

    beforeAll(async () => {
      await createTables(engine(), { mode, hierarchy: true });
      session = await engine().connect();
      for (const orgId of ['parent', 'child', 'stranger']) {
        await inOrg(session, orgId, (own) => own.query('INSERT INTO app.project (id) VALUES ($1)', [orgId]), { mode });
      }
    });

    test('the one above reads its own and what is below; the one below reads its own', async () => {
      expect(await inParent(readIds)).toEqual(['child', 'parent']);
      expect(await inChild(readIds)).toEqual(['child']);
    });

    test.each([
      ['DELETE', "DELETE FROM app.project WHERE id = 'child'", 0],
      ['DELETE of all', 'DELETE FROM app.project', 1],
      ['UPDATE', "UPDATE app.project SET name = 'taken' WHERE id = 'child'", 0],
      ['INSERT', "INSERT INTO app.project (org_id, id) VALUES ('child', 'x')", '42501'],
      ['a move to below', "UPDATE app.project SET org_id = 'child' WHERE id = 'parent'", '42501'],
      ['SELECT FOR UPDATE', "SELECT id FROM app.project WHERE id = 'child' FOR UPDATE", 0],
    ])('%s does not touch what is below', async (_, text, expected) => {
      const touched = await inParent(async (own) => {
        const { affectedRows, rows } = await own.query(text);
        await own.query('ROLLBACK');
        return rows.length === 0 ? affectedRows : rows.length;
      });
      expect(touched).toBe(expected);
      expect(await inChild(readIds)).toEqual(['child']);
    });

    test.each([[['']], [['child', '']]])('readable organizations of %j fail with OR400', async (readableOrgs) => {
      expect(await inOrg(session, 'parent', readIds, { mode: 'bound', readableOrgs })).toBe(
        mode === 'bound' ? 'OR400' : '42883',
      );
    });
  });
}
