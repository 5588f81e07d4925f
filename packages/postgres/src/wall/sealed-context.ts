import { transactionStamp } from './bound-context.js';
import type { ContextFunction } from './context-function.js';
import { qualify } from './quote-identifier.js';

interface SealedSchemas {
  readonly schema: string;
  readonly privateSchema: string;
}

/**
 * The organization of the transaction, under two seals. The application seals it for the binding (`sealOrg`); the
 * binding checks that, and seals it again for this one transaction. So what injected SQL can read or set is worth
 * nothing in any other transaction, and the application's seal is in no setting at all.
 *
 * SQLSTATE `OR400`: empty. `OR401`: nothing bound to this transaction, or a seal that is malformed, expired or of
 * a key that is not known (any more). `OR403`: a seal that is not of its key.
 */
export function sealedContext({ schema, privateSchema }: SealedSchemas): readonly ContextFunction[] {
  const computeMac = qualify(privateSchema, 'compute_mac');
  const openSeal = qualify(privateSchema, 'open_seal');
  const readContext = qualify(privateSchema, 'read_context');
  const inside = { schema: privateSchema, volatility: 'STABLE', isDefiner: false, isPublic: false } as const;
  const outside = { schema, isDefiner: true, isPublic: true } as const;
  return [
    {
      ...inside,
      name: 'compute_mac',
      parameters: 'key_id text, message text',
      signature: 'text, text',
      returns: 'text',
      // HMAC (RFC 2104) over the pads that sealKeySql stored: sha256 is built in, and hmac is not.
      body: `
BEGIN
  RETURN (SELECT encode(sha256(key.opad || sha256(key.ipad || convert_to(message, 'UTF8'))), 'hex')
          FROM ${qualify(privateSchema, 'seal_key')} AS key WHERE key.kid = key_id);
END
`,
    },
    {
      ...inside,
      name: 'open_seal',
      parameters: 'purpose text, seal text',
      signature: 'text, text',
      returns: 'text[]',
      // Compared by their hashes, so that the time it takes says nothing about how far they agree.
      body: `
DECLARE
  part text[] := string_to_array(seal, '.');
  mac text;
BEGIN
  IF array_length(part, 1) IS DISTINCT FROM 4 THEN
    RAISE EXCEPTION 'the seal of the organization is malformed' USING ERRCODE = 'OR401';
  END IF;
  mac := ${computeMac}(part[1], purpose || '.' || part[1] || '.' || part[2] || '.' || part[3]);
  IF mac IS NULL THEN
    RAISE EXCEPTION 'the seal of the organization is of an unknown key' USING ERRCODE = 'OR401';
  END IF;
  IF sha256(convert_to(mac, 'UTF8')) <> sha256(convert_to(part[4], 'UTF8')) THEN
    RAISE EXCEPTION 'the seal of the organization is forged' USING ERRCODE = 'OR403';
  END IF;
  RETURN part;
END
`,
    },
    {
      ...inside,
      name: 'read_context',
      parameters: '',
      signature: '',
      returns: 'jsonb',
      body: `
DECLARE
  seal text := current_setting('app.org_seal', true);
BEGIN
  IF coalesce(seal, '') = '' OR split_part(seal, '.', 2) <> ${transactionStamp} THEN
    RAISE EXCEPTION 'no organization is bound to this transaction' USING ERRCODE = 'OR401';
  END IF;
  RETURN convert_from(decode((${openSeal}('bound', seal))[3], 'base64'), 'UTF8')::jsonb;
END
`,
    },
    {
      ...outside,
      name: 'bind_org',
      parameters: 'seal text',
      signature: 'text',
      returns: 'text',
      volatility: 'VOLATILE',
      body: `
DECLARE
  part text[];
  context jsonb;
  message text;
BEGIN
  IF coalesce(seal, '') = '' THEN
    RAISE EXCEPTION 'organization id is empty' USING ERRCODE = 'OR400';
  END IF;
  part := ${openSeal}('org', seal);
  IF part[2]::numeric <= extract(epoch FROM transaction_timestamp()) THEN
    RAISE EXCEPTION 'the seal of the organization is expired' USING ERRCODE = 'OR401';
  END IF;
  context := convert_from(decode(part[3], 'base64'), 'UTF8')::jsonb;
  IF context @> '[""]' OR coalesce(context ->> 0, '') = '' THEN
    RAISE EXCEPTION 'organization id is empty' USING ERRCODE = 'OR400';
  END IF;
  message := part[1] || '.' || ${transactionStamp} || '.' || part[3];
  PERFORM set_config('app.org_seal', message || '.' || ${computeMac}(part[1], 'bound.' || message), true);
  RETURN context ->> 0;
END
`,
    },
    {
      ...outside,
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
      ...outside,
      name: 'org_scope',
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
