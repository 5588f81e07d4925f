import { drizzleLayer } from './drizzle-layer.js';
import { knexLayer } from './knex-layer.js';
import { kyselyLayer } from './kysely-layer.js';
import type { Layer } from './layer.js';
import { pgLayer } from './pg-layer.js';
import { prismaLayer } from './prisma-layer.js';
import { typeormLayer } from './typeorm-layer.js';

export const everyLayer: readonly Layer[] = [pgLayer, drizzleLayer, kyselyLayer, knexLayer, typeormLayer, prismaLayer];
