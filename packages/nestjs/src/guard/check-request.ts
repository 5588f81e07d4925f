import { type Auth, ConfigurationError } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import type { AccessPolicy } from '../access/access-policy.js';
import type { GuardedCall, RequestCheck, RoutedRequest } from '../access/request-check.js';

/** What was found in order during a call, and for which organization. All guards of one call are given the same context. */
const passed = new WeakMap<ExecutionContext, Map<RequestCheck, Auth['orgId']>>();

/**
 * Asks of the request what the route declares, each once a call, however many guards stand before it.
 *
 * @throws ConfigurationError for a call that is no HTTP request; and the errors of the checks
 */
export async function checkRequest(
  auth: Auth,
  { checks }: AccessPolicy,
  context: ExecutionContext,
  { resolve, audit }: Pick<GuardedCall, 'resolve' | 'audit'>,
): Promise<true> {
  if (context.getType() !== 'http') {
    throw new ConfigurationError('ConnectAuthGuard', 'checks paths, headers and bodies of HTTP requests only');
  }
  const request = context.switchToHttp().getRequest<RoutedRequest>();
  const done = passed.get(context) ?? new Map<RequestCheck, Auth['orgId']>();
  passed.set(context, done);
  for (const check of checks) {
    if (done.has(check) && done.get(check) === auth.orgId) continue;
    await check(auth, { context, request, resolve, audit });
    done.set(check, auth.orgId);
  }
  return true;
}
