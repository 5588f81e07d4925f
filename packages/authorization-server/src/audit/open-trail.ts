import { type AuditTrail, type AuditTrailOptions, createAuditTrail } from '@connect-auth/audit';
import { ConfigurationError } from '@connect-auth/core';
import type { Clock } from '../runtime/clock.js';

/** The trail that a server records into, and the end of it. */
export interface OpenedTrail {
  readonly trail: AuditTrail | undefined;
  /** Writes what is queued and closes the sinks; of a trail that was handed in nothing, since its maker closes it. */
  readonly close: () => Promise<void>;
}

/** Makes the trail of a server from the option `audit`. @throws ConfigurationError */
export function openTrail(
  audit: AuditTrail | AuditTrailOptions | undefined,
  clock: Clock,
  onError: (error: unknown) => void,
): OpenedTrail {
  if (audit === undefined || isTrail(audit)) return { trail: audit, close: async () => undefined };
  const trail = createTrail({ now: () => clock.now(), onError, ...audit });
  return { trail, close: () => trail.close() };
}

const isTrail = (audit: AuditTrail | AuditTrailOptions): audit is AuditTrail =>
  typeof (audit as AuditTrail).reserve === 'function';

/** Names the option at fault as the application writes it: `audit.queue.capacity`. */
function createTrail(options: AuditTrailOptions): AuditTrail {
  try {
    return createAuditTrail(options);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(`audit.${error.option}`, error.message.slice(error.option.length + 1));
  }
}
