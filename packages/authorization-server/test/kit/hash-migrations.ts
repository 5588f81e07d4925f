import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

const folder = new URL('../../migrations/', import.meta.url);

/**
 * Names what was made of the migrations as they are now, so that nothing else is taken for it.
 *
 * @param database what they ran on, with its version
 */
export async function hashMigrations(database: string): Promise<string> {
  const hash = createHash('sha256').update(database);
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (!/\.(?:sql|json)$/.test(name)) continue;
    hash.update(`\0${name}\0`).update(await readFile(new URL(name, folder)));
  }
  return hash.digest('hex').slice(0, 16);
}
