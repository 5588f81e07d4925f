import { readFile, unlink } from 'node:fs/promises';
import { ConfigurationError } from '@connect-auth/core';
import { createWholeFile } from './create-whole-file.js';
import { describeHolder, type Holder, isRunning, thisProcess } from './lock-holder.js';

/** What this process itself has locked: its own process id in a file says nothing about that. */
const held = new Set<string>();

/**
 * Takes the folder for this process, by a file beside it that names the process. A lock is taken over only when its
 * process is gone, never for its age: a process that was only asleep would go on writing.
 *
 * @returns what gives the folder back
 * @throws ConfigurationError while another process has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = `${folder}.lock`;
  if (held.has(file)) throw inUse(folder, thisProcess());
  held.add(file);
  try {
    if (!(await create(file))) await takeOver(folder, file);
  } catch (error) {
    held.delete(file);
    throw error;
  }
  return async () => {
    await unlink(file).catch(ignoreMissing);
    held.delete(file);
  };
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** @returns false if it is there already; one that holds nothing was left by a crash of the machine */
const create = (file: string): Promise<boolean> => createWholeFile(file, JSON.stringify(thisProcess()), 0o644);

/** Of several processes that find the same dead lock, the one that creates a second file replaces it. */
async function takeOver(folder: string, file: string): Promise<void> {
  await refuseIfHeld(folder, file);
  const claim = `${file}.claim`;
  if (!(await create(claim))) {
    const claimer = await holderOf(claim);
    // It was here a moment ago: whoever claimed has the folder by now.
    if (claimer === 'nobody') throw inUse(folder, await holderOf(file));
    if (claimer !== undefined && (await isRunning(claimer))) throw inUse(folder, claimer);
    throw new ConfigurationError('storage.dataDir', `cannot be locked: delete ${claim}, left by a process that ended`);
  }
  try {
    // The first to claim may have been and gone since.
    await refuseIfHeld(folder, file);
    await unlink(file).catch(() => undefined);
    if (!(await create(file))) throw inUse(folder, await holderOf(file));
  } finally {
    await unlink(claim);
  }
}

async function refuseIfHeld(folder: string, file: string): Promise<void> {
  const holder = await holderOf(file);
  if (holder === 'nobody' || holder === undefined || !(await isRunning(holder))) return;
  throw inUse(folder, holder);
}

/** @returns `nobody` where there is no file, undefined for one that cannot be read: it was left by a crash */
async function holderOf(file: string): Promise<Holder | 'nobody' | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'nobody' : undefined;
  }
}

function inUse(folder: string, holder: Holder | 'nobody' | undefined): ConfigurationError {
  return new ConfigurationError(
    'storage.dataDir',
    `${folder} is in use by ${describeHolder(holder === 'nobody' ? undefined : holder)}. PGlite serves one process: end that one, ask it over HTTP, ` +
      'or use PostgreSQL.',
  );
}
