import type { ContextFunction } from './context-function.js';

/**
 * The organization of the transaction, in settings that end with it. A setting by itself outlives a careless
 * `SET`, so that each carries the transaction's start as a stamp: with another stamp it is nobody's.
 *
 * SQLSTATE `OR400`: the organization is empty. `OR401`: nothing is bound to this transaction.
 */
export const boundContext = (schema: string): readonly ContextFunction[] => [
  {
    schema,
    name: 'bind_org',
    parameters: 'org text, scope text[] DEFAULT NULL',
    signature: 'text, text[]',
    returns: 'text',
    volatility: 'VOLATILE',
    isDefiner: false,
    isPublic: true,
    // Assigned and not performed: an assignment goes past the executor, which costs as much again.
    body: `
DECLARE
  was_set text;
BEGIN
  IF coalesce(org, '') = '' OR array_position(scope, NULL) IS NOT NULL OR '' = ANY (scope) THEN
    RAISE EXCEPTION 'organization id is empty' USING ERRCODE = 'OR400';
  END IF;
  was_set := pg_catalog.set_config('app.org_id', org, true);
  was_set := pg_catalog.set_config('app.org_scope', pg_catalog.array_append(scope, org)::text, true);
  was_set := pg_catalog.set_config('app.org_tx', ${transactionStamp}, true);
  RETURN org;
END
`,
  },
  reader({ schema, name: 'org_id', returns: 'text', setting: 'app.org_id' }),
  reader({ schema, name: 'org_scope', returns: 'text[]', setting: 'app.org_scope' }),
];

/** When this transaction began, in microseconds: no two transactions of a session share it. */
export const transactionStamp = '(extract(epoch FROM pg_catalog.transaction_timestamp()) * 1000000)::bigint::text';

interface Reader {
  readonly schema: string;
  readonly name: string;
  readonly returns: string;
  readonly setting: string;
}

// After the first transaction that set it, a setting reads as an empty string and no longer as NULL.
const reader = ({ schema, name, returns, setting }: Reader): ContextFunction => ({
  schema,
  name,
  parameters: '',
  signature: '',
  returns,
  volatility: 'STABLE',
  isDefiner: false,
  isPublic: true,
  body: `
DECLARE
  found_value text := pg_catalog.current_setting('${setting}', true);
BEGIN
  IF coalesce(found_value, '') = ''
     OR pg_catalog.current_setting('app.org_tx', true) IS DISTINCT FROM ${transactionStamp} THEN
    RAISE EXCEPTION 'no organization is bound to this transaction' USING ERRCODE = 'OR401';
  END IF;
  RETURN found_value;
END
`,
});
