import { type OrgAuth, requireOrg } from '@connect-auth/core';
import type { RequestRecord } from '@connect-auth/core/adapter';
import type { Request, RequestHandler } from 'express';
import { guard } from '../guard.js';
import { declareOrg } from './org-declaration.js';

/**
 * Compares something in the request with the organization of the caller, and throws the error that refuses a mismatch.
 */
export type OrgCheck = (auth: OrgAuth, req: Request, record: RequestRecord) => void | Promise<void>;

/**
 * Makes a middleware that first requires an organization, and then checks something in the request.
 *
 * @param call the call as its user wrote it: `orgParam('orgId')`
 */
export const orgGuard = (call: string, check: OrgCheck): RequestHandler =>
  declareOrg(
    call,
    guard(call, (auth, { record, req }) => {
      requireOrg(auth);
      record.meet(requireOrg);
      const checked = check(auth, req, record);
      return checked === undefined ? auth : checked.then(() => auth);
    }),
  );
