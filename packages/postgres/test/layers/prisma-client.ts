import { execFile } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { OrgPool } from '@connect-auth/postgres';
import { PrismaPg } from '@prisma/adapter-pg';

/** What the tests call of a generated client. */
export interface PrismaQueries {
  readonly project: {
    findMany(): Promise<{ orgId: string }[]>;
    findUnique(query: { where: { orgId_id: { orgId: string; id: bigint } } }): Promise<{ orgId: string } | null>;
    create(query: { data: { orgId?: string; name: string } }): Promise<{ orgId: string }>;
    deleteMany(query: { where: { id: bigint } }): Promise<unknown>;
  };
  readonly task: { create(query: { data: { projectId: bigint; title: string } }): Promise<unknown> };
  $queryRawUnsafe(text: string): Promise<Record<string, unknown>[]>;
  $executeRawUnsafe(text: string): Promise<number>;
}

export interface PrismaClient extends PrismaQueries {
  $transaction<Result>(
    work: (inner: PrismaQueries) => Promise<Result>,
    limits?: { maxWait: number; timeout: number },
  ): Promise<Result>;
  $transaction(work: readonly Promise<unknown>[]): Promise<unknown[]>;
  $disconnect(): Promise<void>;
}

const load = createRequire(import.meta.url);

// One for each worker: another may be making its own at the same time.
const folder = join(import.meta.dirname, '.generated', `worker-${process.env.JEST_WORKER_ID ?? '1'}`);

const schema = `
generator client {
  provider = "prisma-client-js"
  output   = "./prisma"
}

datasource db {
  provider = "postgresql"
  schemas  = ["app"]
}

model Project {
  orgId String @default(dbgenerated("app.org_id()")) @map("org_id")
  id    BigInt @default(autoincrement())
  name  String
  tasks Task[]

  @@id([orgId, id])
  @@map("project")
  @@schema("app")
}

model Task {
  orgId     String  @default(dbgenerated("app.org_id()")) @map("org_id")
  id        BigInt  @default(autoincrement())
  projectId BigInt  @map("project_id")
  title     String
  project   Project @relation(fields: [orgId, projectId], references: [orgId, id])

  @@id([orgId, id])
  @@map("task")
  @@schema("app")
}
`;

let generated: Promise<unknown> | undefined;

/** A client of Prisma on the pool, from a schema that is made into code at the first call. */
export async function openPrisma(pool: OrgPool): Promise<PrismaClient> {
  generated ??= generate();
  await generated;
  const module: { PrismaClient: new (options: object) => PrismaClient } = load(join(folder, 'prisma'));
  return new module.PrismaClient({ adapter: new PrismaPg(pool) });
}

async function generate(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'node_modules/@prisma'), { recursive: true });
  await writeFile(join(folder, 'schema.prisma'), schema);
  const cli = join(dirname(load.resolve('prisma/package.json')), 'build/index.js');
  await promisify(execFile)(process.execPath, [cli, 'generate', '--schema', join(folder, 'schema.prisma')], {
    // Code is generated without the engine that the command would download first; any file will do in its place.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  });
  // The code stands outside of the folder of @prisma/client, beside which it expects this one.
  const needed = '@prisma/client-runtime-utils';
  const entry = createRequire(load.resolve('@prisma/client/package.json')).resolve(needed);
  await symlink(dirname(dirname(entry)), join(folder, 'node_modules', needed));
}
