import { defineConfig } from 'drizzle-kit';

/** `pnpm migrations:generate` writes what the schema has and the migrations do not have yet. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './dist/storage/schema/*.js',
  out: './migrations',
});
