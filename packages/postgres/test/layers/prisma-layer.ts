import { separateOrgs } from '@connect-auth/postgres/prisma';
import type { Layer, Queries } from './layer.js';
import { openPrisma, type PrismaQueries } from './prisma-client.js';

const queriesOn = (prisma: PrismaQueries): Queries => ({
  listOrgs: async () => (await prisma.project.findMany()).map(({ orgId }) => orgId),
  insert: async (name) => await prisma.project.create({ data: { name } }),
  insertFor: async (orgId, name) => await prisma.project.create({ data: { orgId, name } }),
  insertTask: async (projectId) => await prisma.task.create({ data: { projectId: BigInt(projectId), title: 'task' } }),
  remove: async (projectId) => await prisma.project.deleteMany({ where: { id: BigInt(projectId) } }),
  fail: async () => await prisma.$queryRawUnsafe('select 1 / 0'),
});

async function inSavepoint(outer: PrismaQueries, work: (inner: Queries) => Promise<void>) {
  await outer.$executeRawUnsafe('savepoint inner_work');
  try {
    await work(queriesOn(outer));
    await outer.$executeRawUnsafe('release savepoint inner_work');
  } catch (error) {
    await outer.$executeRawUnsafe('rollback to savepoint inner_work');
    throw error;
  }
}

export const prismaLayer: Layer = {
  name: 'prisma',
  open: async (pool) => {
    const prisma = separateOrgs(await openPrisma(pool));
    return {
      ...queriesOn(prisma),
      transaction: (work) =>
        prisma.$transaction(
          async (outer) => await work({ ...queriesOn(outer), nested: (inside) => inSavepoint(outer, inside) }),
          // Its own limits, of two and five seconds, are for a machine that is fast enough.
          { maxWait: 600_000, timeout: 600_000 },
        ),
      close: () => prisma.$disconnect(),
    };
  },
};
