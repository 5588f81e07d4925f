import { requireOrg } from '@connect-auth/core';
import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';

/** Allows callers that act for an organization, whichever it is; others get 403. Applies `ConnectAuthGuard` itself. */
export const RequireOrg = (): AccessDecorator =>
  accessDecorator({ call: '@RequireOrg()', concern: 'org', rule: requireOrg });
