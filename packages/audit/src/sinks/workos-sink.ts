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
  /** The version of the schemas under which WorkOS knows the actions. Default: WorkOS's own, 1. */
  readonly version?: number;
  /** Metadata in addition to the event's own. Default: none. */
  readonly metadata?: (event: AuditEvent) => WorkosMetadata;
}

/** The number of calls under way at once. */
const maxBatch = 10;

/**
 * Writes the caller's stream to WorkOS Audit Logs, each event into the log of its organization. A retry has the same
 * `Idempotency-Key`, which WorkOS remembers for a day. Metadata is cut to the allowed size: 50 keys of 40 characters,
 * values of 500.
 *
 * WorkOS refuses actions and target types that are not declared there: declare them, `audit.dropped` included.
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
    if (event.org === undefined) return; // Belongs in nobody's log.
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
