import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkText } from '@connect-auth/core/adapter';
import type { AuditEvent } from '../event/audit-event.js';
import type { AuditSink } from './audit-sink.js';

/** The part of an OpenTelemetry Logs API logger that is used. */
export interface OpenTelemetryLogger {
  emit(record: {
    readonly timestamp: Date;
    readonly severityNumber: number;
    readonly severityText: string;
    readonly body: string;
    readonly attributes: Record<string, string | number | string[]>;
  }): void;
}

export interface OpenTelemetrySinkOptions {
  readonly logger: OpenTelemetryLogger;
  /** The attribute that names the organization; the semantic conventions have none. Default: `app.organization.id`. */
  readonly organizationAttribute?: string;
  /**
   * `() => provider.forceFlush()`: sends the records that a `BatchLogRecordProcessor` holds back when the trail is
   * flushed or closed. A logger itself has no way to ask for it. Default: nothing is waited for.
   */
  readonly flush?: () => Promise<void>;
}

/** OpenTelemetry Logs Data Model, "Field: SeverityNumber". */
const severities = {
  allow: { severityNumber: 9, severityText: 'INFO' },
  deny: { severityNumber: 13, severityText: 'WARN' },
  error: { severityNumber: 17, severityText: 'ERROR' },
} as const;

/**
 * Emits each event as a log record. Nothing goes into baggage, which travels on to third parties. A logger that was
 * shut down, or told to leave out a severity, silently drops records: they count as written.
 *
 * @throws ConfigurationError
 */
export function openTelemetrySink(options: OpenTelemetrySinkOptions): AuditSink {
  checkKnown('openTelemetrySink()', options, ['logger', 'organizationAttribute', 'flush']);
  const { logger, organizationAttribute = 'app.organization.id', flush } = options;
  if (typeof logger?.emit !== 'function') {
    throw new ConfigurationError('openTelemetrySink().logger', 'must have the method emit');
  }
  checkText('openTelemetrySink().organizationAttribute', organizationAttribute);
  if (flush !== undefined && typeof flush !== 'function') {
    throw new ConfigurationError('openTelemetrySink().flush', 'must be a function');
  }
  return {
    name: 'opentelemetry',
    write: async (events) => {
      for (const event of events) {
        logger.emit({
          timestamp: new Date(event.occurred_at),
          ...severities[event.decision],
          body: event.action,
          attributes: attributesOf(event, organizationAttribute),
        });
      }
    },
    ...(flush && { flush: () => flush() }),
  };
}

/** Names the attributes as the semantic conventions do, where they have a name. */
function attributesOf(event: AuditEvent, organizationAttribute: string): Record<string, string | number | string[]> {
  const { http, network, isolation, cross_org: cross, credential, targets } = event;
  return present({
    'app.audit.id': event.id,
    'app.audit.action': event.action,
    'app.audit.decision': event.decision,
    'app.audit.reason': event.reason,
    'app.audit.actor.type': event.actor.type,
    'app.audit.actor.id': event.actor.id,
    'enduser.id': event.actor.type === 'user' ? event.actor.id : undefined,
    [organizationAttribute]: event.org?.id,
    'app.client.id': event.application?.client_id,
    'app.credential.jti_sha256': credential?.jti_sha256,
    'app.credential.kid': credential?.kid,
    'app.audit.targets': targets.length > 0 ? targets.map(({ type, id = '' }) => `${type}:${id}`) : undefined,
    'app.audit.owner_org': event.owner_org,
    'app.audit.environment_id': event.environment_id,
    ...detailsOf(event),
    'app.audit.dropped': event.dropped?.count,
    'app.audit.request_id': http?.request_id,
    'app.audit.trace_id': http?.trace_id,
    'app.audit.duration_ms': http?.duration_ms,
    'app.isolation.layer': isolation?.layer,
    'app.isolation.rule': isolation?.rule,
    'app.cross_org.orgs': cross && [...cross.orgs],
    'app.cross_org.grant': cross?.grant,
    'app.cross_org.reason': cross?.reason,
    'http.request.method': http?.method,
    'http.route': http?.route,
    'http.response.status_code': http?.status,
    'client.address': network?.ip,
    'user_agent.original': network?.user_agent,
  });
}

const detailsOf = ({ details = {} }: AuditEvent): Record<string, string | number | string[]> =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      `app.audit.details.${name}`,
      typeof value === 'object' ? [...value] : value,
    ]),
  );

const present = <Value>(attributes: Record<string, Value | undefined>): Record<string, Value> =>
  Object.fromEntries(Object.entries(attributes).filter((entry): entry is [string, Value] => entry[1] !== undefined));
