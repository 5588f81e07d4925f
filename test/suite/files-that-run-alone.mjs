/** Test files that need a module graph of their own, each with its reason. They are named from the root of the repository. */
import { relative } from 'node:path';

export const filesThatRunAlone = {
  'packages/authorization-server/test/storage/migrations.test.ts':
    'drizzle-kit gives arrays and strings methods of its own.',
};

export function runsAlone(path, rootDir) {
  return Object.hasOwn(filesThatRunAlone, relative(rootDir, path).replaceAll('\\', '/'));
}
