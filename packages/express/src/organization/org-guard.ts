import { type OrgAuth, requireOrg } from '@connect-auth/core';
import type { RequestRecord } from '@connect-auth/core/adapter';
import type { Request, RequestHandler } from 'express';
import { guard } from '../guard.js';
import { declareOrg } from './org-declaration.js';

/** Holds something of the request against the organization of the caller; throws the error that refuses it. */
export type OrgCheck = (auth: OrgAuth, req: Request, record: RequestRecord) => void | Promise<void>;

/**
 * Makes a middleware that asks for an organization first, and then something of the request.
 *
 * @param call how its user wrote it: `orgParam('orgId')`
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
