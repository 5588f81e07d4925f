import { randomBytes } from 'node:crypto';
import { isNative } from '../../applications/redirect-uris.js';
import type { applications } from '../../storage/schema/applications.js';

/** A secret as the engine carries it: its hash, in hexadecimal. */
export interface CarriedSecret {
  readonly id: string;
  readonly hash: string;
}

/** Metadata of a client that our own rules need, in addition to the standard's (RFC 7591 §2). */
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
 * The engine requires a secret of every confidential client, but only hashes are stored. In case the engine ever
 * compares with this one, it is random and known to nobody.
 */
const placeholderSecret = randomBytes(32).toString('hex');

/**
 * Converts an application to the engine's form. Nothing in it changes with use, because the engine rebuilds a client
 * whenever its metadata changes.
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

/** Without a redirect URI there are no grants, but the application can still introspect tokens. */
function grantTypesOf(isM2m: boolean, hasRedirect: boolean): readonly string[] {
  if (isM2m) return ['client_credentials'];
  return hasRedirect ? ['authorization_code', 'refresh_token'] : [];
}
