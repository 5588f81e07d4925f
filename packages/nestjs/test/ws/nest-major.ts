import { createRequire } from 'node:module';

/** Which Nest these tests run on: they do on two. */
export const nestMajor: number = Number.parseInt(
  (createRequire(import.meta.url)('@nestjs/core/package.json') as { version: string }).version,
  10,
);
