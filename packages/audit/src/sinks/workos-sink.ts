import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import type { AuditEvent } from '../event/audit-event.js';
import { type AuditSink, PartialWriteError } from './audit-sink.js';
import { toWorkosEvent, type WorkosEvent, type WorkosMetadata } from './workos-event.js';

export interface WorkosSinkOptions {
  /** `(org, event, options) => workos.auditLogs.createEvent(org, event, options)`, of `@workos-inc/node`. */
  readonly createEvent: (
    organization: string,
    event: WorkosEvent,
    options: { idempotencyKey: string },
  ) => Promise<unknown>;
  /** The version of the schemas that WorkOS knows the actions by. Default: WorkOS's own, 1. */
  readonly version?: number;
  /** Metadata beside that of the event. Default: none. */
  readonly metadata?: (event: AuditEvent) => WorkosMetadata;
}

/** How many calls are under way at once. */
const maxBatch = 10;

/**
 * Writes the caller's stream to WorkOS Audit Logs, each event into the log of its organization. It is sent again under
 * the same `Idempotency-Key`, which WorkOS remembers for a day. Metadata is cut to what is allowed: 50 keys of 40
 * characters, values of 500.
 *
 * WorkOS refuses actions and target types that it was not told of: declare them there, `audit.dropped` included.
 *
 * @throws ConfigurationError
 */
export function workosSink(options: WorkosSinkOptions): AuditSink {
  checkKnown('workosSink()', options, ['createEvent', 'version', 'metadata']);
  const { createEvent, version, metadata = () => ({}) } = options;
  if (typeof createEvent !== 'function') throw new ConfigurationError('workosSink().createEvent', 'must be a function');
  if (version !== undefined && !(Number.isInteger(version) && version > 0)) {
    throw new ConfigurationError('workosSink().version', 'must be a whole number of at least 1');
  }
  if (typeof metadata !== 'function') throw new ConfigurationError('workosSink().metadata', 'must be a function');

  async function send(event: AuditEvent): Promise<void> {
    if (event.org === undefined) return; // It is in the log of nobody.
    await createEvent(event.org.id, toWorkosEvent(event, version, metadata(event)), { idempotencyKey: event.id });
  }

  return {
    name: 'workos',
    stream: 'caller',
    maxBatch,
    write: async (events) => {
      const outcomes = await Promise.allSettled(events.map(send));
      const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
      if (failures.length === 0) return;
      const unwritten = events.filter((_, at) => outcomes[at]?.status === 'rejected');
      throw new PartialWriteError(unwritten, { cause: failures[0]?.reason });
    },
  };
}
