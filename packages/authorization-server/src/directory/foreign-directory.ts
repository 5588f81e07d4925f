import { UnavailableError } from '../errors/unavailable-error.js';
import type { OrganizationDirectory, UserDirectory } from './directory.js';

/** How long the application's directory may take: requests, and their transactions, wait for it. */
const timeoutMs = 5_000;

/**
 * Wraps a directory supplied by the application. Its errors and time-outs say nothing about the caller, and lead to a
 * 503. An entry with another id than the requested one does not count as found.
 */
export function foreignOrganizations(directory: OrganizationDirectory): OrganizationDirectory {
  return { find: async (id) => withSameId(id, await callDirectory('organizations', () => directory.find(id))) };
}

export function foreignUsers(directory: UserDirectory): UserDirectory {
  return {
    find: async (id) => withSameId(id, await callDirectory('users', () => directory.find(id))),
    isMember: async (userId, organizationId) =>
      (await callDirectory('users', () => directory.isMember(userId, organizationId))) === true,
  };
}

/** Treats null, which many databases return, as not found. */
const withSameId = <Found extends { readonly id: string }>(
  id: string,
  found: Found | null | undefined,
): Found | undefined => (found?.id === id ? found : undefined);

async function callDirectory<Answer>(option: string, question: () => Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer after ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([question(), tooLate]);
  } catch (cause) {
    throw new UnavailableError(`the directory of the option ${option} failed`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
