import { type AuditEvent, type AuditSink, PartialWriteError } from '@connect-auth/audit';
import { checkKnown, checkText } from '@connect-auth/core/adapter';
import { withOrg } from '@connect-auth/isolation';
import type { PostgresClient } from '../statement/postgres-client.js';
import { defaultSchema } from '../wall/context-options.js';
import { checkIdentifier, qualify } from '../wall/quote-identifier.js';

export interface PostgresSinkOptions {
  /** An `OrgPool`: each event is appended in the frame of the organization that it belongs to. */
  readonly pool: PostgresClient;
  /** The schema in which `auditTableSql` created its table. Default: `app`. */
  readonly schema?: string;
  /** The name of the sink in errors and statistics. Default: `postgres`. */
  readonly name?: string;
}

/**
 * Writes events to the table of `auditTableSql`, in one statement per organization. It takes the caller's stream, since
 * organizations may read their own events. Events without an organization are left out.
 *
 * @throws ConfigurationError for an option that is unknown or not a name
 */
export function postgresSink(options: PostgresSinkOptions): AuditSink {
  checkKnown('', options, ['pool', 'schema', 'name']);
  const schema = checkIdentifier('schema', options.schema ?? defaultSchema);
  const append = `SELECT ${qualify(schema, 'audit_append')}($1::jsonb)`;
  return {
    name: checkText('name', options.name ?? 'postgres'),
    stream: 'caller',
    async write(events) {
      const waiting = byOrganization(events);
      for (const [orgId, own] of waiting) {
        try {
          await withOrg(orgId, () => options.pool.query(append, [JSON.stringify(own)]), { reason: 'audit' });
          waiting.delete(orgId);
        } catch (cause) {
          throw new PartialWriteError([...waiting.values()].flat(), { cause });
        }
      }
    },
  };
}

function byOrganization(events: readonly AuditEvent[]): Map<string, AuditEvent[]> {
  const groups = new Map<string, AuditEvent[]>();
  for (const event of events) {
    if (event.org === undefined) continue;
    groups.set(event.org.id, [...(groups.get(event.org.id) ?? []), event]);
  }
  return groups;
}
