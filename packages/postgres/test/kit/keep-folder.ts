import { randomBytes } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const generated = join(import.meta.dirname, '../.generated');

/**
 * Returns a folder that an earlier test has made, or makes it. It gets its name only when it is complete, since another
 * worker may be making the same one.
 *
 * @param name must change with everything that the content depends on
 */
export async function keepFolder(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(generated, name);
  if (await isThere(folder)) return folder;
  const draft = `${folder}.${randomBytes(6).toString('hex')}`;
  await mkdir(draft, { recursive: true });
  try {
    await make(draft);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // The rename fails if another worker was faster.
    if (!(await isThere(folder))) throw error;
  }
  return folder;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
