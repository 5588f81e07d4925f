import { ConfigurationError } from '@connect-auth/core';
import type { SigningAlgorithm } from '../keys/generate-signing-key.js';
import type { AuthorizationServerOptions } from './authorization-server.options.js';
import type { Profile } from './server-settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The address that a server listens on. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads `PORT`, default 4000, and `HOST`, default 127.0.0.1. @throws ConfigurationError */
export function listenAddressFromEnv(env: Environment = process.env): ListenAddress {
  const port = Number(textOf(env, 'PORT') ?? 4000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new ConfigurationError('PORT', 'must be a number from 1 to 65535');
  }
  return { host: textOf(env, 'HOST') ?? '127.0.0.1', port };
}

/**
 * Reads the options of a server from environment variables: `ISSUER` (default `http://127.0.0.1:$PORT`), `DATABASE_URL`
 * (absent: PGlite in `DATA_DIR`, default `.connect-auth`), `ENCRYPTION_KEY` (absent: the file `$DATA_DIR.key`, which is
 * created with a warning; in production an error), `SECRET_PEPPER`, `API_KEY`, `ENVIRONMENT_CLIENT_ID`, `RESOURCES`
 * (separated by spaces), `SIGNING_ALGORITHM`, `TOKEN_PROFILE`.
 *
 * @throws ConfigurationError that names the variable; wrong values of options are reported when the server opens
 */
export function optionsFromEnv(env: Environment = process.env): AuthorizationServerOptions {
  const dataDir = textOf(env, 'DATA_DIR') ?? '.connect-auth';
  const connectionString = textOf(env, 'DATABASE_URL');
  const apiKey = textOf(env, 'API_KEY');
  const pepper = textOf(env, 'SECRET_PEPPER');
  const environmentClientId = textOf(env, 'ENVIRONMENT_CLIENT_ID');
  const algorithm = textOf(env, 'SIGNING_ALGORITHM') as SigningAlgorithm | undefined;
  const profile = textOf(env, 'TOKEN_PROFILE') as Profile | undefined;
  const resources = textOf(env, 'RESOURCES');
  return {
    issuer: textOf(env, 'ISSUER') ?? `http://127.0.0.1:${listenAddressFromEnv(env).port}`,
    storage: connectionString === undefined ? { kind: 'pglite', dataDir } : { kind: 'postgres', connectionString },
    keys: { encryptionKey: encryptionKeyFrom(env, dataDir), ...(algorithm !== undefined && { algorithm }) },
    ...(profile !== undefined && { tokens: { profile } }),
    ...(resources !== undefined && { resources: resources.split(/\s+/) }),
    ...(pepper !== undefined && { credentials: { pepper } }),
    ...(apiKey !== undefined && { management: { apiKey } }),
    ...(environmentClientId !== undefined && { environmentClientId }),
  };
}

/** Uses a generated key only outside production, where it would differ from process to process. */
function encryptionKeyFrom(env: Environment, dataDir: string): string | { file: string } {
  const key = textOf(env, 'ENCRYPTION_KEY');
  if (key !== undefined) return key;
  if (env.NODE_ENV === 'production') {
    throw new ConfigurationError('ENCRYPTION_KEY', 'is needed in production: openssl rand -base64 32');
  }
  return { file: `${dataDir}.key` };
}

/** Treats an empty variable as absent. */
function textOf(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}
