import { withOrg } from '@connect-auth/isolation';
import type { Database } from 'walled-database';
import { sampleProjects, sampleTasks } from '../sample-data.js';

/** Adds sample rows to an organization that has no projects, through the wall like any other write. */
export async function addSampleRows(database: Database): Promise<void> {
  for (const orgId of new Set(sampleProjects.map((project) => project.orgId))) {
    const own = (rows: readonly { readonly orgId: string }[]) => rows.filter((row) => row.orgId === orgId);
    const rows = [JSON.stringify(own(sampleProjects)), JSON.stringify(own(sampleTasks))];
    await withOrg(orgId, () => database.query(addSql, rows), { reason: 'sample rows' });
  }
}

const addSql = `WITH project AS (
  INSERT INTO app.project (id, name)
  SELECT id, name FROM jsonb_to_recordset($1::jsonb) AS sample (id text, name text)
  WHERE NOT EXISTS (SELECT FROM app.project) ON CONFLICT DO NOTHING RETURNING id
)
INSERT INTO app.task (id, project_id, name)
SELECT sample.id, project.id, name FROM jsonb_to_recordset($2::jsonb) AS sample (id text, "projectId" text, name text)
JOIN project ON project.id = "projectId"`;
