import { ConfigurationError } from '../errors/configuration-error.js';
import {
  type AuthenticateClient,
  type ClientAuthMethod,
  clientSecretBasic,
  clientSecretPost,
  privateKeyJwt,
} from '../introspection/client-authentication.js';
import { importSigningKey, type PrivateKey, type SigningKey } from '../introspection/signing-key.js';
import { checkKnown, checkNumber, checkObject, checkOneOf, checkText, maxTimeoutMs, pathTo } from './check-option.js';
import { checkOptionalUrl } from './check-url.js';
import type { IntrospectionOptions } from './verifier-options.js';

/** The introspection options of an issuer, checked and complete. */
export interface IntrospectionSettings {
  readonly endpoint: string | undefined;
  readonly authenticate: AuthenticateClient;
  readonly mode: 'never' | 'fallback' | 'always';
  readonly timeoutMs: number;
  readonly cacheSeconds: number;
}

const clientAuthMethods: readonly ClientAuthMethod[] = ['client_secret_post', 'client_secret_basic', 'private_key_jwt'];

const names: readonly (keyof IntrospectionOptions)[] = [
  'endpoint',
  'clientId',
  'clientSecret',
  'privateKey',
  'authMethod',
  'mode',
  'timeoutMs',
  'cacheSeconds',
];

/** @throws ConfigurationError naming the first option at fault */
export function resolveIntrospection(
  path: string,
  options: IntrospectionOptions | undefined,
  issuer: string,
): IntrospectionSettings | undefined {
  if (options === undefined) return undefined;
  checkObject(path, options);
  checkKnown(path, options, names);
  const at = (name: keyof IntrospectionOptions) => pathTo(path, name);
  return {
    endpoint: checkOptionalUrl(at('endpoint'), options.endpoint),
    authenticate: clientAuthentication(at, options, issuer),
    mode:
      options.mode === undefined ? 'fallback' : checkOneOf(at('mode'), options.mode, ['never', 'fallback', 'always']),
    timeoutMs: checkNumber(at('timeoutMs'), options.timeoutMs, { min: 1, max: maxTimeoutMs, fallback: 3_000 }),
    cacheSeconds: checkNumber(at('cacheSeconds'), options.cacheSeconds, { min: 0, max: 60, fallback: 60 }),
  };
}

function clientAuthentication(
  at: (name: keyof IntrospectionOptions) => string,
  { clientId, clientSecret, privateKey, authMethod }: IntrospectionOptions,
  issuer: string,
): AuthenticateClient {
  const id = checkText(at('clientId'), clientId);
  const usual = privateKey === undefined ? 'client_secret_post' : 'private_key_jwt';
  const method = authMethod === undefined ? usual : checkOneOf(at('authMethod'), authMethod, clientAuthMethods);
  if (method === 'private_key_jwt') {
    if (clientSecret !== undefined)
      throw new ConfigurationError(at('clientSecret'), 'does not go with private_key_jwt');
    if (privateKey === undefined) throw new ConfigurationError(at('privateKey'), 'is missing');
    return privateKeyJwt(id, checkPrivateKey(at('privateKey'), privateKey), issuer);
  }
  if (privateKey !== undefined) throw new ConfigurationError(at('privateKey'), `does not go with ${method}`);
  const secret = checkText(at('clientSecret'), clientSecret);
  return method === 'client_secret_basic' ? clientSecretBasic(id, secret) : clientSecretPost(id, secret);
}

function checkPrivateKey(path: string, privateKey: PrivateKey): SigningKey {
  const key = importSigningKey(privateKey);
  if (key === undefined) {
    throw new ConfigurationError(
      path,
      'must be a private key of RSA, P-256 or Ed25519: PEM text, a JWK or a KeyObject',
    );
  }
  return key;
}
