import { transactionStamp } from './bound-context.js';
import type { ContextFunction } from './context-function.js';
import { qualify } from './quote-identifier.js';

/** The functions of a sealed context that only its other functions may call: they read the keys. */
export function sealFunctions(privateSchema: string): readonly ContextFunction[] {
  const shared = { schema: privateSchema, volatility: 'STABLE', isDefiner: false, isPublic: false } as const;
  return [
    {
      ...shared,
      name: 'compute_mac',
      parameters: 'key_id text, message text',
      signature: 'text, text',
      returns: 'text',
      // HMAC (RFC 2104) with the padded keys that sealKeySql stored: PostgreSQL has sha256 built in, but not hmac.
      body: `
BEGIN
  RETURN (SELECT encode(sha256(key.opad || sha256(key.ipad || convert_to(message, 'UTF8'))), 'hex')
          FROM ${qualify(privateSchema, 'seal_key')} AS key WHERE key.kid = key_id);
END
`,
    },
    {
      ...shared,
      name: 'open_seal',
      parameters: 'purpose text, seal text',
      signature: 'text, text',
      returns: 'text[]',
      // Compares hashes of the MACs, so that the time it takes does not tell how many leading characters match.
      body: `
DECLARE
  part text[] := string_to_array(seal, '.');
  mac text;
BEGIN
  IF array_length(part, 1) IS DISTINCT FROM 4 THEN
    RAISE EXCEPTION 'the seal of the organization is malformed' USING ERRCODE = 'OR401';
  END IF;
  mac := ${qualify(privateSchema, 'compute_mac')}(part[1], purpose || '.' || part[1] || '.' || part[2] || '.' || part[3]);
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
      ...shared,
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
  RETURN convert_from(decode((${qualify(privateSchema, 'open_seal')}('bound', seal))[3], 'base64'), 'UTF8')::jsonb;
END
`,
    },
  ];
}
