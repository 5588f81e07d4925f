import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runTool } from './run-tool.mjs';

export const root = resolve(import.meta.dirname, '../..');

/** The packages that are published: every folder of packages/ whose manifest is not private. */
export function publicPackages() {
  const folders = readdirSync(join(root, 'packages'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const packages = folders
    .map((entry) => join(root, 'packages', entry.name))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private);
  if (packages.length === 0) throw new Error('no public package found: nothing would be checked');
  return packages;
}

/**
 * Packs one package as it would be published, into `into`, and unpacks it there beside the tarball. The answer describes
 * what is inside the tarball; nothing is written to the workspace.
 */
export async function packPackage({ folder, manifest }, into) {
  const place = join(into, manifest.name.replace(/.*\//, ''));
  await mkdir(place, { recursive: true });
  // The pnpm that runs this script is on the PATH.
  await runTool('pnpm', ['pack', '--pack-destination', place], folder);
  const [tarball] = readdirSync(place).filter((name) => name.endsWith('.tgz'));
  await runTool('tar', ['-xzf', tarball], place);
  const unpacked = join(place, 'package');
  const files = readdirSync(unpacked, { recursive: true })
    .filter((path) => statSync(join(unpacked, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
  return {
    name: manifest.name,
    folder,
    tarball: join(place, tarball),
    files,
    unpackedBytes: files.reduce((sum, path) => sum + statSync(join(unpacked, path)).size, 0),
    manifest: JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')),
  };
}
