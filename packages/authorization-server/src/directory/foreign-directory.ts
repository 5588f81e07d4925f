import { UnavailableError } from '../errors/unavailable-error.js';
import type { OrganizationDirectory, UserDirectory } from './directory.js';

/** How long the application's directory may take. Requests wait for it, and transactions with them. */
const timeoutMs = 5_000;

/**
 * A directory of the application's: what it throws, or that it is slow, says nothing about the caller, and is answered with
 * 503. Only what it was asked for counts as found.
 */
export function foreignOrganizations(directory: OrganizationDirectory): OrganizationDirectory {
  return { find: async (id) => whoIs(id, await ask('organizations', () => directory.find(id))) };
}

export function foreignUsers(directory: UserDirectory): UserDirectory {
  return {
    find: async (id) => whoIs(id, await ask('users', () => directory.find(id))),
    isMember: async (userId, organizationId) =>
      (await ask('users', () => directory.isMember(userId, organizationId))) === true,
  };
}

/** Many a database answers null for what is not there. */
const whoIs = <Found extends { readonly id: string }>(
  id: string,
  found: Found | null | undefined,
): Found | undefined => (found?.id === id ? found : undefined);

async function ask<Answer>(option: string, question: () => Promise<Answer>): Promise<Answer> {
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
