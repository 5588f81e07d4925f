import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const folder = join(tmpdir(), `connect-auth-tests-${userInfo().uid}`);

/** What nobody has made anew for so long is of a branch of the past, or of a process that was killed. */
const maxAgeMs = 24 * 60 * 60 * 1000;

/** Reads a file that earlier runs have made, or else makes it. A file is under its name once it is whole. */
export async function keepFile(name: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const file = join(folder, name);
  const kept = await readFile(file).catch(ignoreMissing);
  if (kept !== undefined) return kept;

  const made = await make();
  await mkdir(folder, { recursive: true });
  await removeOld();
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, made);
  await rename(draft, file);
  return made;
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const found = await stat(file).catch(ignoreMissing);
    if (found !== undefined && found.mtimeMs < Date.now() - maxAgeMs) await rm(file, { force: true });
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
