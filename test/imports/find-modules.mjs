import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * The TypeScript files of the workspace below `root`, each with its place: the kind (packages or examples), the project
 * folder, and the path below src/ (undefined for a test).
 */
export function findModules(root) {
  return ['packages', 'examples'].flatMap((kind) =>
    foldersIn(join(root, kind)).flatMap((project) =>
      ['src', 'test'].flatMap((part) =>
        typescriptFilesIn(join(root, kind, project, part)).map((path) => ({
          kind,
          project,
          below: part === 'src' ? path.split(sep) : undefined,
          file: join(root, kind, project, part, path),
        })),
      ),
    ),
  );
}

/** Packages and examples that have a src folder: each must turn up among the files that were read. */
export function projectsWithSource(root) {
  return ['packages', 'examples'].flatMap((kind) =>
    foldersIn(join(root, kind))
      .filter((project) => existsSync(join(root, kind, project, 'src')))
      .map((project) => ({ kind, project })),
  );
}

function foldersIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

function typescriptFilesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((path) => /\.[mc]?tsx?$/.test(path) && !/(^|[\\/])(node_modules|dist|\.generated)[\\/]/.test(path))
    .sort();
}
