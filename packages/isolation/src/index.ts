export type {
  AuditActor,
  AuditCaller,
  AuditChain,
  AuditCredential,
  AuditCrossOrg,
  AuditEvent,
  AuditHappening,
  AuditHttp,
  AuditIsolation,
  AuditNetwork,
  AuditOrg,
  AuditOrgSource,
  AuditTarget,
} from './audit/audit-event.js';
export { AuditOverflowError } from './audit/audit-overflow-error.js';
export { type AuditSink, PartialWriteError } from './audit/audit-sink.js';
export { AuditSinkError } from './audit/audit-sink-error.js';
export type { AuditStats } from './audit/audit-stats.js';
export type { AuditSlot, AuditTrail } from './audit/audit-trail.js';
export type { AuditQueueOptions, AuditTrailOptions } from './audit/audit-trail-options.js';
export { createAuditTrail } from './audit/create-audit-trail.js';
export { setAuditTrail } from './audit/current-trail.js';
export { describeAuth, describeCurrentCaller } from './audit/describe-caller.js';
export { type AnsweredRequest, describeRequest } from './audit/describe-request.js';
export { detailed, keepRefusal, keepTarget, type RefusalDetails } from './audit/refusals.js';
export { requestIdsIn } from './audit/request-ids.js';
export { functionSink } from './audit/sinks/function-sink.js';
export {
  type OpenTelemetryLogger,
  type OpenTelemetrySinkOptions,
  openTelemetrySink,
} from './audit/sinks/open-telemetry-sink.js';
export { type PinoLogger, pinoSink } from './audit/sinks/pino-sink.js';
export type { WorkosEvent, WorkosMetadata } from './audit/sinks/workos-event.js';
export { type WorkosSinkOptions, workosSink } from './audit/sinks/workos-sink.js';
export { type OrgKeyPart, orgKey } from './cache/org-key.js';
export { createEgressCheck, type EgressCheck, type EgressMode, type EgressOptions } from './egress/egress-check.js';
export { findLeak, type Leak, type LeakSearch } from './egress/find-leak.js';
export { contentHeaders, leakProblem, leakProblemHeaders } from './egress/leak-problem.js';
export { readSentJson } from './egress/read-sent-json.js';
export { OrgContextError, type OrgContextReason } from './errors/org-context-error.js';
export { OrgLeakError } from './errors/org-leak-error.js';
export { markOrg } from './fields/org-mark.js';
export { type CrossOrgOptions, crossOrg } from './frame/cross-org.js';
export { currentOrg, findCurrentOrg } from './frame/current-org.js';
export { isOrgId, type OrgId, toOrgId } from './frame/org-id.js';
export { type WithOrgOptions, withOrg } from './frame/with-org.js';
export type { EnvelopeKey } from './jobs/envelope-keys.js';
export { type OrgEnvelope, type OrgEnvelopeOptions, orgEnvelope } from './jobs/org-envelope.js';
export { OrgEnvelopeError, type OrgEnvelopeReason } from './jobs/org-envelope-error.js';
export { type OrgJobInfo, type OrgJobOptions, orgJob } from './jobs/org-job.js';
export { orgLoader } from './loaders/org-loader.js';
export { checkOwnedOptions } from './ownership/check-owned-options.js';
export { type Owned, type OwnedOptions, requireOwned } from './ownership/owned.js';
export { namedInHeaders, namedInQuery } from './selectors/named-in.js';
export type { ForeignAnswer, OrgSelector } from './selectors/org-selector.js';
export { requireBodyOrg, stampBody } from './selectors/require-body-org.js';
export { type NamedOrgOptions, requireNamedOrg } from './selectors/require-named-org.js';
export { requireParsedBody } from './selectors/require-parsed-body.js';
export { checkForeign, checkHeaderName, type SelectorOptions } from './selectors/selector-options.js';
export { checkDomain, subdomainOf } from './selectors/subdomain-of.js';
