import { InvalidTokenError, type Verifier } from '@connect-auth/core';
import { type Bug } from './seeded-bugs.js';

/** The organization of a request's token, or the status with which it is refused. */
export async function authenticate(
  verifier: Verifier,
  bugs: ReadonlySet<Bug>,
  header: string | undefined,
): Promise<{ orgId: string } | { status: 401 | 403 }> {
  const token = header?.replace(/^Bearer /, '');
  if (token === undefined) return bugs.has('noToken') ? { orgId: 'org_public' } : { status: 401 };
  try {
    const { orgId } = await verifier.verify(token);
    if (orgId !== undefined) return { orgId };
    return bugs.has('orgLessToken') ? { orgId: 'org_public' } : { status: 403 };
  } catch (error) {
    const isExpired = error instanceof InvalidTokenError && error.reason === 'expired';
    if (!isExpired || !bugs.has('expiredToken')) return { status: 401 };
    const claims = JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()) as { org_id: string };
    return { orgId: claims.org_id };
  }
}
