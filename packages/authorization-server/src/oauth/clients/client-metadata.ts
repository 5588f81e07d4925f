import { randomBytes } from 'node:crypto';
import { isNative } from '../../applications/redirect-uris.js';
import type { applications } from '../../storage/schema/applications.js';

/** A secret as the engine carries it about: its hash, in hexadecimal. */
export interface CarriedSecret {
  readonly id: string;
  readonly hash: string;
}

/** What our own rules need to know of a client, beside the standard's metadata (RFC 7591 §2). */
export interface ClientExtras {
  readonly 'x:organization_id': string | null;
  readonly 'x:scopes': readonly string[];
  readonly 'x:first_party': boolean;
  readonly 'x:secrets': readonly CarriedSecret[];
}

/** The names under which the engine keeps `ClientExtras`. */
export const clientExtras: readonly (keyof ClientExtras)[] = [
  'x:organization_id',
  'x:scopes',
  'x:first_party',
  'x:secrets',
];

/**
 * The engine demands a secret of every confidential client, and secrets are kept as hashes. Should the engine ever
 * compare with this one, it must be one that nobody knows.
 */
const placeholderSecret = randomBytes(32).toString('hex');

/**
 * An application as the engine wants it. Nothing in here changes by use: the engine builds a client anew whenever its
 * metadata is another one.
 */
export function toClientMetadata(
  application: typeof applications.$inferSelect,
  secrets: readonly CarriedSecret[],
): Record<string, unknown> {
  const { applicationType, usesPkce, redirectUris } = application;
  const isM2m = applicationType === 'm2m';
  const hasRedirect = redirectUris.length > 0;
  return {
    client_id: application.clientId,
    client_name: application.name,
    grant_types: grantTypesOf(isM2m, hasRedirect),
    response_types: hasRedirect ? ['code'] : [],
    redirect_uris: redirectUris.map(({ uri }) => uri),
    application_type: isNative(redirectUris.map(({ uri }) => uri)) ? 'native' : 'web',
    ...(usesPkce
      ? { token_endpoint_auth_method: 'none' }
      : { token_endpoint_auth_method: 'client_secret_basic', client_secret: placeholderSecret }),
    'x:organization_id': application.organizationId,
    'x:scopes': application.scopes,
    'x:first_party': application.isFirstParty,
    'x:secrets': secrets,
  } satisfies Record<string, unknown> & ClientExtras;
}

/** An application that no code can be sent to may still ask about tokens. */
function grantTypesOf(isM2m: boolean, hasRedirect: boolean): readonly string[] {
  if (isM2m) return ['client_credentials'];
  return hasRedirect ? ['authorization_code', 'refresh_token'] : [];
}
