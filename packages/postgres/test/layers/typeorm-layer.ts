import { typeormDriver } from '@connect-auth/postgres/typeorm';
import { DataSource, type EntityManager, EntitySchema } from 'typeorm';
import type { Layer, Queries } from './layer.js';

interface Project {
  orgId: string;
  id: string;
  name: string;
}

const project = new EntitySchema<Project>({
  name: 'project',
  schema: 'app',
  tableName: 'project',
  columns: {
    orgId: { name: 'org_id', type: 'text', primary: true, default: () => 'app.org_id()' },
    id: { type: 'bigint', primary: true, generated: true },
    name: { type: 'text' },
  },
});

interface Task {
  orgId: string;
  id: string;
  projectId: string;
  title: string;
}

const task = new EntitySchema<Task>({
  name: 'task',
  schema: 'app',
  tableName: 'task',
  columns: {
    orgId: { name: 'org_id', type: 'text', primary: true, default: () => 'app.org_id()' },
    id: { type: 'bigint', primary: true, generated: true },
    projectId: { name: 'project_id', type: 'bigint' },
    title: { type: 'text' },
  },
});

const queriesOn = (manager: EntityManager): Queries => ({
  listOrgs: async () => (await manager.find(project)).map(({ orgId }) => orgId),
  insert: (name) => manager.insert(project, { name }),
  insertFor: (orgId, name) => manager.insert(project, { orgId, name }),
  insertTask: (projectId) => manager.insert(task, { projectId: String(projectId), title: 'task' }),
  remove: (projectId) => manager.delete(project, { id: String(projectId) }),
  fail: () => manager.query('select 1 / 0'),
});

export const typeormLayer: Layer = {
  name: 'typeorm',
  open: async (pool) => {
    const source = new DataSource({
      type: 'postgres',
      driver: typeormDriver(pool),
      installExtensions: false,
      entities: [project, task],
    });
    await source.initialize();
    return {
      ...queriesOn(source.manager),
      transaction: (work) =>
        source.transaction(
          async (outer) =>
            await work({
              ...queriesOn(outer),
              nested: (inside) => outer.transaction(async (inner) => await inside(queriesOn(inner))),
            }),
        ),
      close: () => source.destroy(),
    };
  },
};
