import type { ServerContext } from '../context/server-context.js';
import { deriveKey } from '../keys/resolve-encryption-key.js';
import type { AuthorizationServerOptions } from '../options/authorization-server.options.js';
import type { ServerSettings } from '../options/server-settings.js';
import { resolveEnvironment } from './resolve-environment.js';

const monthSeconds = 30 * 24 * 3_600;

/** Adds defaults to the options, and what the database and the encryption key determine. */
export async function resolveSettings(
  context: ServerContext,
  { issuer, environmentClientId, resources = [], tokens = {} }: AuthorizationServerOptions,
  encryptionKey: Buffer,
): Promise<ServerSettings> {
  return {
    issuer,
    environmentClientId: await resolveEnvironment(context, environmentClientId),
    profile: tokens.profile ?? 'standard',
    resources,
    accessTokenSeconds: tokens.accessTokenSeconds ?? 3_600,
    refreshTokenSeconds: tokens.refreshTokenSeconds ?? monthSeconds,
    authorizationCodeSeconds: tokens.authorizationCodeSeconds ?? 60,
    cookieKeys: [deriveKey(encryptionKey, 'cookies').toString('base64')],
    answerKey: deriveKey(encryptionKey, 'idempotency'),
  };
}
