import { ConfigurationError } from '@connect-auth/core';
import type { AuditTrail } from './audit-trail.js';

let trail: AuditTrail | undefined;

/**
 * Sets the trail that `crossOrg` writes to by default: one for the process, as there is one frame. Undefined removes
 * it.
 */
export function setAuditTrail(given: AuditTrail | undefined): void {
  if (given !== undefined && typeof given.write !== 'function') {
    throw new ConfigurationError('setAuditTrail()', 'takes what createAuditTrail() makes');
  }
  trail = given;
}

/** @throws ConfigurationError if there is none: an action that must be recorded is not done without a trail */
export function requireAuditTrail(call: string, given: AuditTrail | undefined): AuditTrail {
  const found = given ?? trail;
  if (found === undefined)
    throw new ConfigurationError(call, 'needs an audit trail: setAuditTrail(createAuditTrail(…))');
  return found;
}
