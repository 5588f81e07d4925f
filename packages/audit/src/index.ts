export { describeCurrentCaller } from './describe/describe-caller.js';
export { AuditOverflowError } from './errors/audit-overflow-error.js';
export { AuditSinkError } from './errors/audit-sink-error.js';
export type {
  AuditActor,
  AuditCaller,
  AuditChain,
  AuditCredential,
  AuditCrossOrg,
  AuditDetails,
  AuditEvent,
  AuditEventInput,
  AuditHttp,
  AuditIsolation,
  AuditNetwork,
  AuditOrg,
  AuditOrgSource,
  AuditTarget,
} from './event/audit-event.js';
export { type AuditSink, PartialWriteError } from './sinks/audit-sink.js';
export { functionSink } from './sinks/function-sink.js';
export {
  type OpenTelemetryLogger,
  type OpenTelemetrySinkOptions,
  openTelemetrySink,
} from './sinks/open-telemetry-sink.js';
export { type PinoLogger, pinoSink } from './sinks/pino-sink.js';
export type { WorkosEvent, WorkosMetadata } from './sinks/workos-event.js';
export { type WorkosSinkOptions, workosSink } from './sinks/workos-sink.js';
export type { AuditStats } from './trail/audit-stats.js';
export type { AuditSlot, AuditTrail } from './trail/audit-trail.js';
export type { AuditQueueOptions, AuditTrailOptions } from './trail/audit-trail-options.js';
export { createAuditTrail } from './trail/create-audit-trail.js';
export { setAuditTrail } from './trail/current-trail.js';
