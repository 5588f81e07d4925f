import { requireClient as clientRule, requireUser as userRule } from '@connect-auth/core';
import type { RequestHandler } from 'express';
import { ruleGuard } from './guard.js';

/** Allows callers that act for a user; others get 403. */
export const requireUser = (): RequestHandler => ruleGuard('requireUser()', userRule);

/** Allows clients that act for themselves (M2M); others get 403. */
export const requireClient = (): RequestHandler => ruleGuard('requireClient()', clientRule);
