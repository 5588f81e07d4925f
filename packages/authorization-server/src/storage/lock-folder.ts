import { readFile, unlink } from 'node:fs/promises';
import { ConfigurationError } from '@connect-auth/core';
import { createWholeFile } from './create-whole-file.js';
import { describeHolder, type Holder, isRunning, thisProcess } from './lock-holder.js';

/** The files that this process has locked, which its process id in a file does not tell. */
const held = new Set<string>();

/**
 * Locks the folder for this process, with a file beside it that names the process. A lock is taken over only if its
 * process is gone, never because of its age: a suspended process would go on writing.
 *
 * @returns a function that unlocks the folder
 * @throws ConfigurationError while another process holds the lock
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

/** @returns false if it exists already; an empty one was left by a crash of the machine */
const create = (file: string): Promise<boolean> => createWholeFile(file, JSON.stringify(thisProcess()), 0o644);

/** Replaces a dead lock. If several processes find it, the one that creates a second file wins. */
async function takeOver(folder: string, file: string): Promise<void> {
  await refuseIfHeld(folder, file);
  const claim = `${file}.claim`;
  if (!(await create(claim))) {
    const claimer = await holderOf(claim);
    // It existed a moment ago: the process that claimed has locked the folder by now.
    if (claimer === 'nobody') throw inUse(folder, await holderOf(file));
    if (claimer !== undefined && (await isRunning(claimer))) throw inUse(folder, claimer);
    throw new ConfigurationError('storage.dataDir', `cannot be locked: delete ${claim}, left by a process that ended`);
  }
  try {
    // An earlier claimer may have finished in the meantime.
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

/** @returns `nobody` without a file, undefined for one that cannot be parsed, which a crash left behind */
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
