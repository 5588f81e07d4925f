import type { AuditTrail } from './audit-trail.js';
import { type AuditTrailOptions, resolveAuditTrail } from './audit-trail-options.js';
import { QueuedAuditTrail } from './queued-audit-trail.js';

/** @throws ConfigurationError for an option that is unknown or of the wrong kind, or if there is no sink */
export function createAuditTrail(options: AuditTrailOptions): AuditTrail {
  return new QueuedAuditTrail(resolveAuditTrail(options));
}
