import { ConfigurationError } from '../errors/configuration-error.js';
import type { IssuerOptions } from './verifier-options.js';

/** The environment variables that are read, and the options that they set. */
export interface IssuerEnvironment {
  /** `issuer`. Required. */
  readonly CONNECT_ISSUER?: string | undefined;
  /** `audience`; several are separated by commas. Required. */
  readonly CONNECT_AUDIENCE?: string | undefined;
  /** `jwksUri`. */
  readonly CONNECT_JWKS_URI?: string | undefined;
  /** `introspection.clientId`; goes with the secret. */
  readonly CONNECT_CLIENT_ID?: string | undefined;
  /** `introspection.clientSecret`; goes with the client id. */
  readonly CONNECT_CLIENT_SECRET?: string | undefined;
  /** `introspection.endpoint`. */
  readonly CONNECT_INTROSPECTION_ENDPOINT?: string | undefined;
  /** `introspection.mode`: `never`, `fallback` or `always`. */
  readonly CONNECT_INTROSPECTION_MODE?: string | undefined;
}

/**
 * Reads the options of one issuer from environment variables.
 *
 * @param env default: `process.env`
 * @throws ConfigurationError that names every variable that is missing
 */
export function issuerFromEnv(env: IssuerEnvironment = process.env): IssuerOptions {
  const required: (keyof IssuerEnvironment)[] = ['CONNECT_ISSUER', 'CONNECT_AUDIENCE'];
  const hasIntrospection = introspectionNames.some((name) => env[name]);
  if (hasIntrospection) required.push('CONNECT_CLIENT_ID', 'CONNECT_CLIENT_SECRET');
  const missing = required.filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new ConfigurationError(missing.join(', '), `${missing.length > 1 ? 'are' : 'is'} missing in the environment`);
  }
  return {
    issuer: env.CONNECT_ISSUER as string,
    audience: listOf(env.CONNECT_AUDIENCE as string),
    ...(env.CONNECT_JWKS_URI && { jwksUri: env.CONNECT_JWKS_URI }),
    ...(hasIntrospection && {
      introspection: {
        clientId: env.CONNECT_CLIENT_ID as string,
        clientSecret: env.CONNECT_CLIENT_SECRET as string,
        ...(env.CONNECT_INTROSPECTION_ENDPOINT && { endpoint: env.CONNECT_INTROSPECTION_ENDPOINT }),
        // Checked with the other options, like every value here.
        ...(env.CONNECT_INTROSPECTION_MODE && { mode: env.CONNECT_INTROSPECTION_MODE as 'fallback' }),
      },
    }),
  };
}

const introspectionNames = [
  'CONNECT_CLIENT_ID',
  'CONNECT_CLIENT_SECRET',
  'CONNECT_INTROSPECTION_ENDPOINT',
  'CONNECT_INTROSPECTION_MODE',
] as const;

const listOf = (text: string): readonly string[] => text.split(',').map((member) => member.trim());
