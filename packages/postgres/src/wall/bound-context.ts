import type { ContextFunction } from './context-function.js';

/**
 * Keeps the organization in settings that end with the transaction. Since a careless `SET` can make a setting outlive it, the
 * start of the transaction is kept as a stamp beside them: under any other stamp they count as not set.
 *
 * SQLSTATE `OR400`: the organization is empty. `OR401`: no organization is bound to this transaction.
 */
export const boundContext = (schema: string): readonly ContextFunction[] => [
  {
    schema,
    name: 'bind_org',
    parameters: 'org text, readable text[] DEFAULT NULL',
    signature: 'text, text[]',
    returns: 'text',
    volatility: 'VOLATILE',
    isDefiner: false,
    isPublic: true,
    // Assignments instead of PERFORM, which would go through the executor and double the cost.
    body: `
DECLARE
  was_set text;
BEGIN
  IF coalesce(org, '') = '' OR array_position(readable, NULL) IS NOT NULL OR '' = ANY (readable) THEN
    RAISE EXCEPTION 'organization id is empty' USING ERRCODE = 'OR400';
  END IF;
  was_set := pg_catalog.set_config('app.org_id', org, true);
  was_set := pg_catalog.set_config('app.readable_orgs', pg_catalog.array_append(readable, org)::text, true);
  was_set := pg_catalog.set_config('app.org_tx', ${transactionStamp}, true);
  RETURN org;
END
`,
  },
  reader({ schema, name: 'org_id', returns: 'text', setting: 'app.org_id' }),
  reader({ schema, name: 'readable_orgs', returns: 'text[]', setting: 'app.readable_orgs' }),
];

/** The start of the transaction, in microseconds: no two transactions of a session share it. */
export const transactionStamp = '(extract(epoch FROM pg_catalog.transaction_timestamp()) * 1000000)::bigint::text';

interface Reader {
  readonly schema: string;
  readonly name: string;
  readonly returns: string;
  readonly setting: string;
}

// Once a transaction has set it, a setting reads as an empty string afterwards, and no longer as NULL.
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
