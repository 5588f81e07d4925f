/**
 * A group file lists test files that run one after the other in one module graph. It is written when a run starts, from the
 * files of that run, so it is never stale and never in Git.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const suffix = '.group.json';

export function isGroupFile(path) {
  return path.endsWith(suffix);
}

export function readGroupFile(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Writes each list of files into a file of its own, in a folder that nothing else of this process is in, and returns their paths. */
export function writeGroupFiles(groups, rootDir) {
  const folder = join(rootDir, 'test/.generated/groups', String(process.pid));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const paths = groups.map((files, index) => {
    const path = join(folder, `${index}${suffix}`);
    writeFileSync(path, JSON.stringify(files, null, 2));
    return path;
  });
  return { paths, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
