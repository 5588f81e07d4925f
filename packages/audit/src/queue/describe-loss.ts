import type { AuditEvent, AuditEventInput } from '../event/audit-event.js';
import type { DroppedEvents } from './dropped-events.js';

type Stamp = (happening: AuditEventInput) => AuditEvent;

const lossOf: AuditEventInput = {
  actor: { type: 'system', id: 'system' },
  action: 'audit.dropped',
  decision: 'error',
  reason: 'overflow',
};

/** Tells a sink of the operator how many events were withheld from it in all. */
export const describeLoss = (loss: DroppedEvents, sink: string, stamp: Stamp): readonly AuditEvent[] => [
  { ...stamp({ ...lossOf, targets: [{ type: 'audit_sink', id: sink }] }), dropped: { count: loss.total } },
];

/** Tells a sink that customers see how many events each customer is missing, and nothing about the others. */
export const describeLossByOrg = (loss: DroppedEvents, _sink: string, stamp: Stamp): readonly AuditEvent[] =>
  loss.byOrg.flatMap(({ org, count }) =>
    org === undefined ? [] : [{ ...stamp({ ...lossOf, org }), dropped: { count } }],
  );
