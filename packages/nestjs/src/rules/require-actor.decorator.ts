import { requireClient, requireUser } from '@connect-auth/core';
import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';

/** Allows callers that act for a user; others get 403. Applies `ConnectAuthGuard` itself. */
export const RequireUser = (): AccessDecorator =>
  accessDecorator({ call: '@RequireUser()', concern: 'actor', rule: requireUser });

/** Allows clients that act for themselves (M2M); others get 403. Applies `ConnectAuthGuard` itself. */
export const RequireClient = (): AccessDecorator =>
  accessDecorator({ call: '@RequireClient()', concern: 'actor', rule: requireClient });
