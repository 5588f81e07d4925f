import { transactionStamp } from './bound-context.js';
import type { ContextFunction } from './context-function.js';
import { qualify } from './quote-identifier.js';
import { sealFunctions } from './seal-functions.js';

interface SealedSchemas {
  readonly schema: string;
  readonly privateSchema: string;
}

/**
 * Keeps the organization of the transaction under a second seal. The application seals the organization for the binding
 * (`sealOrg`); `bind_org` checks that seal, and makes another for this transaction alone. So whatever injected SQL can read
 * or set is worth nothing in any other transaction, and the application's seal is in no setting at all.
 *
 * SQLSTATE `OR400`: the organization is empty. `OR401`: no organization is bound to this transaction, or the seal is
 * malformed, expired or of an unknown key. `OR403`: the seal was not made with its key.
 */
export function sealedContext({ schema, privateSchema }: SealedSchemas): readonly ContextFunction[] {
  const shared = { schema, isDefiner: true, isPublic: true } as const;
  const readContext = qualify(privateSchema, 'read_context');
  return [
    ...sealFunctions(privateSchema),
    {
      ...shared,
      name: 'bind_org',
      parameters: 'seal text',
      signature: 'text',
      returns: 'text',
      volatility: 'VOLATILE',
      body: bindBody(privateSchema),
    },
    {
      ...shared,
      name: 'org_id',
      parameters: '',
      signature: '',
      returns: 'text',
      volatility: 'STABLE',
      body: `
BEGIN
  RETURN ${readContext}() ->> 0;
END
`,
    },
    {
      ...shared,
      name: 'readable_orgs',
      parameters: '',
      signature: '',
      returns: 'text[]',
      volatility: 'STABLE',
      body: `
BEGIN
  RETURN ARRAY(SELECT jsonb_array_elements_text(${readContext}()));
END
`,
    },
  ];
}

const bindBody = (privateSchema: string): string => `
DECLARE
  part text[];
  context jsonb;
  message text;
BEGIN
  IF coalesce(seal, '') = '' THEN
    RAISE EXCEPTION 'organization id is empty' USING ERRCODE = 'OR400';
  END IF;
  part := ${qualify(privateSchema, 'open_seal')}('org', seal);
  IF part[2]::numeric <= extract(epoch FROM transaction_timestamp()) THEN
    RAISE EXCEPTION 'the seal of the organization is expired' USING ERRCODE = 'OR401';
  END IF;
  context := convert_from(decode(part[3], 'base64'), 'UTF8')::jsonb;
  IF context @> '[""]' OR coalesce(context ->> 0, '') = '' THEN
    RAISE EXCEPTION 'organization id is empty' USING ERRCODE = 'OR400';
  END IF;
  message := part[1] || '.' || ${transactionStamp} || '.' || part[3];
  PERFORM set_config('app.org_seal',
    message || '.' || ${qualify(privateSchema, 'compute_mac')}(part[1], 'bound.' || message), true);
  RETURN context ->> 0;
END
`;
