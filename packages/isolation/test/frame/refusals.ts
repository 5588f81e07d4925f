import { OrgForbiddenError } from '@connect-auth/core';

/** What a refusal is in a log and on the wire; `passed` where there is none. */
export function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof OrgForbiddenError) return `${error.status} ${error.reason}`;
    throw error;
  }
  return 'passed';
}
