import { eq, sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { bigint, pgSchema, text } from 'drizzle-orm/pg-core';
import type { Layer, Queries } from './layer.js';

const project = pgSchema('app').table('project', {
  orgId: text('org_id').notNull().default(sql`app.org_id()`),
  id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity(),
  name: text('name').notNull(),
});

const task = pgSchema('app').table('task', {
  orgId: text('org_id').notNull().default(sql`app.org_id()`),
  projectId: bigint('project_id', { mode: 'number' }).notNull(),
  title: text('title').notNull(),
});

const queriesOn = (db: Pick<NodePgDatabase, 'select' | 'insert' | 'delete' | 'execute'>): Queries => ({
  listOrgs: async () => (await db.select({ orgId: project.orgId }).from(project)).map(({ orgId }) => orgId),
  insert: async (name) => await db.insert(project).values({ name }).returning(),
  insertFor: async (orgId, name) => await db.insert(project).values({ orgId, name }),
  insertTask: async (projectId) => await db.insert(task).values({ projectId, title: 'task' }),
  remove: async (projectId) => await db.delete(project).where(eq(project.id, projectId)),
  fail: async () => await db.execute(sql`select 1 / 0`),
});

export const drizzleLayer: Layer = {
  name: 'drizzle',
  open: async (pool) => {
    const db = drizzle(pool);
    return {
      ...queriesOn(db),
      transaction: (work) =>
        db.transaction(
          async (outer) =>
            await work({
              ...queriesOn(outer),
              nested: (inside) => outer.transaction(async (inner) => await inside(queriesOn(inner))),
            }),
        ),
      close: async () => undefined,
    };
  },
};
