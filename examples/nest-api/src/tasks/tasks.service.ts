import type { OrgOwnedLoader, RoutedRequest } from '@connect-auth/nestjs';
import { Injectable } from '@nestjs/common';
import { ActivityService } from '../activity/activity.service.js';
import { isRowId } from '../storage/is-row-id.js';
import { WalledTables } from '../storage/walled-tables.js';
import type { Task } from './task.model.js';

const columns = 'id, org_id AS "orgId", project_id AS "projectId", name, taken_by AS "takenBy"';

/** The tasks of a project. */
@Injectable()
export class TasksService implements OrgOwnedLoader<Task> {
  constructor(
    private readonly tables: WalledTables,
    private readonly activity: ActivityService,
  ) {}

  list(projectId: string): Promise<Task[]> {
    return this.tables.rows(`SELECT ${columns} FROM app.task WHERE project_id = $1 ORDER BY name`, projectId);
  }

  /** Finds a task below its own project only. */
  async load(id: string, { params }: RoutedRequest): Promise<Task | undefined> {
    if (!isRowId(id) || !isRowId(params?.projectId)) return undefined;
    const sql = `SELECT ${columns} FROM app.task WHERE id = $1 AND project_id = $2`;
    return this.tables.row(sql, id, params.projectId);
  }

  async create(projectId: string, name: string): Promise<Task> {
    const sql = `INSERT INTO app.task (project_id, name) VALUES ($1, $2) RETURNING ${columns}`;
    return this.activity.recorded('task.created', (await this.tables.row<Task>(sql, projectId, name)) as Task);
  }

  async take(task: Task, userId: string): Promise<Task> {
    await this.tables.rows('UPDATE app.task SET taken_by = $2 WHERE id = $1', task.id, userId);
    return this.activity.recorded('task.taken', { ...task, takenBy: userId });
  }

  /** The database refuses a project that the organization does not have, whether or not another one has it. */
  async move(task: Task, projectId: string): Promise<Task> {
    await this.tables.rows('UPDATE app.task SET project_id = $2 WHERE id = $1', task.id, projectId);
    return this.activity.recorded('task.moved', { ...task, projectId });
  }

  async remove(task: Task): Promise<void> {
    await this.tables.rows('DELETE FROM app.task WHERE id = $1', task.id);
    this.activity.recorded('task.deleted', task);
  }
}
