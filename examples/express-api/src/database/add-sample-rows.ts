import { withOrg } from '@connect-auth/isolation';
import type { Database } from 'walled-database';
import { sampleProjects } from '../sample-data.js';

/** Adds sample rows to an organization that has no projects, through the wall like any other write. */
export async function addSampleRows(database: Database): Promise<void> {
  for (const [orgId, projects] of Object.entries(sampleProjects)) {
    const add = () => database.query(addSql, [JSON.stringify(projects)]);
    await withOrg(orgId, add, { reason: 'sample rows' });
  }
}

const addSql = `INSERT INTO app.project (id, name)
SELECT id, name FROM jsonb_to_recordset($1::jsonb) AS sample (id text, name text)
WHERE NOT EXISTS (SELECT FROM app.project) ON CONFLICT DO NOTHING`;
