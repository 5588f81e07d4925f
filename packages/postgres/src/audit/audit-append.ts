import type { ContextFunction } from '../wall/context-function.js';
import { qualify } from '../wall/quote-identifier.js';

const appender = (schema: string, body: string, isDefiner: boolean): ContextFunction => ({
  schema,
  name: 'audit_append',
  parameters: 'events jsonb',
  signature: 'jsonb',
  returns: 'bigint',
  volatility: 'VOLATILE',
  isDefiner,
  isPublic: true,
  body,
});

const eachEvent =
  'SELECT entry.value FROM pg_catalog.jsonb_array_elements(events) WITH ORDINALITY AS entry (value, at)';

/** Appends a list of events to the table, for the bound organization. Events that are already there are skipped. */
export const plainAppend = (schema: string): ContextFunction =>
  appender(
    schema,
    `
DECLARE
  appended bigint;
BEGIN
  INSERT INTO ${qualify(schema, 'audit_event')} (org_id, id, occurred_at, event)
  SELECT ${qualify(schema, 'org_id')}(), value ->> 'id', (value ->> 'occurred_at')::timestamptz, value
  FROM (${eachEvent} ORDER BY at) AS ordered
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS appended = ROW_COUNT;
  RETURN appended;
END
`,
    false,
  );

/** The hash of an event and the hash before it, in SQL that appending and verifying share. */
export const chainHash = (before: string, seq: string, event: string): string =>
  `pg_catalog.sha256(${before} || pg_catalog.convert_to(${seq}::text || '|' || ${event}::text, 'UTF8'))`;

/** The hash before the first event of an organization. */
export const chainStart = (org: string): string => `pg_catalog.sha256(pg_catalog.convert_to(${org}, 'UTF8'))`;

/**
 * The same with a chain. It runs with the privileges of its owner, who alone can reach the heads of the chains. It still
 * appends for the bound organization only: the wall applies to the owner, too.
 */
export const chainedAppend = (schema: string): ContextFunction =>
  appender(
    schema,
    `
DECLARE
  own text := ${qualify(schema, 'org_id')}();
  place bigint;
  last bytea;
  one jsonb;
  appended bigint := 0;
BEGIN
  INSERT INTO ${qualify(schema, 'audit_head')} VALUES (own, 0, ${chainStart('own')}) ON CONFLICT DO NOTHING;
  SELECT seq, hash INTO STRICT place, last FROM ${qualify(schema, 'audit_head')} WHERE org_id = own FOR UPDATE;
  FOR one IN ${eachEvent} ORDER BY at LOOP
    CONTINUE WHEN EXISTS (
      SELECT FROM ${qualify(schema, 'audit_event')} WHERE org_id = own AND id = one ->> 'id');
    place := place + 1;
    INSERT INTO ${qualify(schema, 'audit_event')} (org_id, id, seq, occurred_at, event, prev_hash, hash)
    VALUES (own, one ->> 'id', place, (one ->> 'occurred_at')::timestamptz, one, last,
            ${chainHash('last', 'place', 'one')})
    RETURNING hash INTO STRICT last;
    appended := appended + 1;
  END LOOP;
  UPDATE ${qualify(schema, 'audit_head')} SET seq = place, hash = last WHERE org_id = own;
  RETURN appended;
END
`,
    true,
  );
