import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every entry that has declarations, of every published package below `root`: the name to import it by, the file that
 * an importer's compiler reads, and where its report is committed.
 */
export function publishedEntries(root) {
  return publishedFolders(root).flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports)
      .filter(([, conditions]) => conditions.types !== undefined)
      .map(([path, { types }]) => ({
        name: manifest.name + path.slice(1),
        folder,
        declarations: join(folder, types),
        report: join(folder, 'api', `${path === '.' ? 'index' : path.slice(2).replaceAll('/', '-')}.api.md`),
      })),
  );
}

/** The reports that are committed below `root`, whether or not there is still an entry to report on. */
export function committedReports(root) {
  return publishedFolders(root).flatMap(({ folder }) =>
    existsSync(join(folder, 'api')) ? readdirSync(join(folder, 'api')).map((name) => join(folder, 'api', name)) : [],
  );
}

function publishedFolders(root) {
  return readdirSync(join(root, 'packages'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(root, 'packages', entry.name))
    .sort()
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private);
}
