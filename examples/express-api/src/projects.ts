import { randomBytes } from 'node:crypto';
import type { Owned } from '@connect-auth/express';
import type { Database } from 'walled-database';

export interface Project {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
}

const columns = 'id, org_id AS "orgId", name';

/** The projects of the caller's organization: the database knows which one it is, and shows no other's. */
export class Projects {
  constructor(private readonly database: Database) {}

  async list(): Promise<Project[]> {
    // No WHERE org_id, on purpose: the wall of the table leaves only one's own rows, whatever a query forgets.
    const { rows } = await this.database.query<Project>(`SELECT ${columns} FROM app.project ORDER BY name, id`);
    return rows;
  }

  async find(id: string): Promise<Project | undefined> {
    if (!idPattern.test(id)) return undefined;
    const { rows } = await this.database.query<Project>(`SELECT ${columns} FROM app.project WHERE id = $1`, [id]);
    return rows[0];
  }

  async add({ orgId, name }: Omit<Project, 'id'>): Promise<Project> {
    const { rows } = await this.database.query<Project>(
      `INSERT INTO app.project (org_id, id, name) VALUES ($1, $2, $3) RETURNING ${columns}`,
      // Not a sequential number, which would tell how many projects other organizations have.
      [orgId, `project_${randomBytes(8).toString('hex')}`, name],
    );
    return rows[0] as Project;
  }

  /** Takes only a project that `orgOwned` has found to be the caller's. */
  async remove({ id }: Owned<Project>): Promise<void> {
    await this.database.query('DELETE FROM app.project WHERE id = $1', [id]);
  }
}

/** Anything else cannot be an id, and is not queried for: PostgreSQL rejects text that contains a NUL. */
const idPattern = /^project_[0-9a-z]{1,40}$/;
