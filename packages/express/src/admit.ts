import type { Auth } from '@connect-auth/core';
import { admitCaller, type RequestRecord, runInFrame } from '@connect-auth/core/adapter';
import type { NextFunction, Request } from 'express';

/** Goes on as the verified caller. */
export function admit(auth: Auth, record: RequestRecord, req: Request, next: NextFunction): void {
  try {
    admitCaller(record, auth);
  } catch (error) {
    next(error);
    return;
  }
  record.verified = auth;
  req.auth = auth;
  runInFrame(record, next);
}
