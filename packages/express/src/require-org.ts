import { requireOrg as orgRule } from '@connect-auth/core';
import type { RequestHandler } from 'express';
import { ruleGuard } from './guard.js';
import { declareOrg } from './organization/org-declaration.js';

/** Allows callers that act for an organization, whichever it is; others get 403. */
export const requireOrg = (): RequestHandler => declareOrg('requireOrg()', ruleGuard('requireOrg()', orgRule));
