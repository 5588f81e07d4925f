import type { Auth } from '../auth/auth.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { findFrame } from './frame.js';
import type { RequestRecord } from './request-record.js';

/**
 * Makes `auth` the caller of a request from now on; undefined makes nobody the caller.
 *
 * @throws ConfigurationError if the request is already handled for another organization
 */
export function admitCaller(record: RequestRecord, auth: Auth | undefined): void {
  const frame = findFrame();
  const named = frame?.record === record ? frame.org?.orgId : undefined;
  if (named !== undefined && auth?.orgId !== undefined && auth.orgId !== named) {
    throw new ConfigurationError('currentOrg()', 'is another organization already: work is done for it');
  }
  record.admit(auth);
}
