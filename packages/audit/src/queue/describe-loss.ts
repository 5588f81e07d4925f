import type { AuditEvent, AuditEventInput } from '../event/audit-event.js';
import type { DroppedEvents } from './dropped-events.js';

type Stamp = (happening: AuditEventInput) => AuditEvent;

const lossOf: AuditEventInput = {
  actor: { type: 'system', id: 'system' },
  action: 'audit.dropped',
  decision: 'error',
  reason: 'overflow',
};

/** For a sink of the operator: how many events it was not given in all. */
export const describeLoss = (loss: DroppedEvents, sink: string, stamp: Stamp): readonly AuditEvent[] => [
  { ...stamp({ ...lossOf, targets: [{ type: 'audit_sink', id: sink }] }), dropped: { count: loss.total } },
];

/** For a sink that customers see: how many events each is missing, and none of how the others fare. */
export const describeLossByOrg = (loss: DroppedEvents, _sink: string, stamp: Stamp): readonly AuditEvent[] =>
  loss.byOrg.flatMap(({ org, count }) =>
    org === undefined ? [] : [{ ...stamp({ ...lossOf, org }), dropped: { count } }],
  );
