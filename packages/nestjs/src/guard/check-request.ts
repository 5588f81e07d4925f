import { type Auth, ConfigurationError } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import type { AccessPolicy } from '../access/access-policy.js';
import type { GuardedCall, RoutedRequest } from '../access/request-check.js';
import { recordOfCall } from '../request/record-of.js';

/**
 * Runs the checks that the route declares, each once per call, however many kinds of guards protect the route.
 *
 * @throws ConfigurationError for a call that is not an HTTP request; and the errors of the checks
 */
export async function checkRequest(
  auth: Auth,
  { checks }: AccessPolicy,
  context: ExecutionContext,
  { resolve, audit }: Pick<GuardedCall, 'resolve' | 'audit'>,
): Promise<void> {
  if (context.getType() !== 'http') {
    throw new ConfigurationError('ConnectAuthGuard', 'checks paths, headers and bodies of HTTP requests only');
  }
  const request = context.switchToHttp().getRequest<RoutedRequest>();
  const record = recordOfCall(context);
  record.metChecks ??= new Map();
  for (const check of checks) {
    if (record.metChecks.has(check) && record.metChecks.get(check) === auth.orgId) continue;
    await check(auth, { context, request, record, resolve, audit });
    record.metChecks.set(check, auth.orgId);
  }
}
