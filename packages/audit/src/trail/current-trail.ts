import { ConfigurationError } from '@connect-auth/core';
import type { AuditTrail } from './audit-trail.js';

let trail: AuditTrail | undefined;

/**
 * Says where `crossOrg` writes what it does, unless it is told: one trail for the process, as there is one frame.
 * Undefined takes it away.
 */
export function setAuditTrail(given: AuditTrail | undefined): void {
  if (given !== undefined && typeof given.write !== 'function') {
    throw new ConfigurationError('setAuditTrail()', 'takes what createAuditTrail() makes');
  }
  trail = given;
}

/** @throws ConfigurationError if there is none: what has to be on record is not done without */
export function requireAuditTrail(call: string, given: AuditTrail | undefined): AuditTrail {
  const found = given ?? trail;
  if (found === undefined)
    throw new ConfigurationError(call, 'needs an audit trail: setAuditTrail(createAuditTrail(…))');
  return found;
}
