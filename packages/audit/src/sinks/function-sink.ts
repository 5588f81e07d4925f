import { ConfigurationError } from '@connect-auth/core';
import { checkText } from '@connect-auth/core/adapter';
import type { AuditEvent } from '../event/audit-event.js';
import type { AuditSink } from './audit-sink.js';

/**
 * Passes each event to a function, one after the other. If the function throws or rejects, the event is tried again.
 *
 * @param name default: `function`
 */
export function functionSink(take: (event: AuditEvent) => unknown, name = 'function'): AuditSink {
  if (typeof take !== 'function') throw new ConfigurationError('functionSink()', 'takes a function');
  return {
    name: checkText('functionSink().name', name),
    maxBatch: 1,
    write: async (events) => {
      for (const event of events) await take(event);
    },
  };
}
