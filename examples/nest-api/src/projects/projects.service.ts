import type { OrgOwnedLoader } from '@connect-auth/nestjs';
import { Injectable } from '@nestjs/common';
import { ActivityService } from '../activity/activity.service.js';
import { isRowId } from '../storage/is-row-id.js';
import { WalledTables } from '../storage/walled-tables.js';
import type { Project } from './project.model.js';

const columns = 'id, org_id AS "orgId", name';

@Injectable()
export class ProjectsService implements OrgOwnedLoader<Project> {
  constructor(
    private readonly tables: WalledTables,
    private readonly activity: ActivityService,
  ) {}

  /** Without a WHERE: the wall reduces them to the caller's own. */
  list(): Promise<Project[]> {
    return this.tables.rows(`SELECT ${columns} FROM app.project ORDER BY name`);
  }

  async load(id: string): Promise<Project | undefined> {
    if (!isRowId(id)) return undefined;
    return this.tables.row(`SELECT ${columns} FROM app.project WHERE id = $1`, id);
  }

  async create(name: string): Promise<Project> {
    const [project] = await this.tables.rows<Project>(
      `INSERT INTO app.project (name) VALUES ($1) RETURNING ${columns}`,
      name,
    );
    return this.activity.recorded('project.created', project as Project);
  }

  async remove(id: string): Promise<boolean> {
    if (!isRowId(id)) return false;
    const removed = await this.tables.row<Project>(`DELETE FROM app.project WHERE id = $1 RETURNING ${columns}`, id);
    if (removed !== undefined) this.activity.recorded('project.deleted', removed);
    return removed !== undefined;
  }
}
