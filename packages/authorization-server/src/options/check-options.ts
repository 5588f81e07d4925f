import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkText, checkTexts, isTrustedUrl } from '@connect-auth/core/adapter';
import { parseKey } from '../keys/encryption-key.js';
import { signingAlgorithms } from '../keys/generate-signing-key.js';
import type { AuthorizationServerOptions } from './authorization-server.options.js';
import { checkChoice, checkGroup, checkPort, checkSeconds } from './check-value.js';

const names: readonly (keyof AuthorizationServerOptions)[] = [
  'issuer',
  'storage',
  'migrate',
  'environmentId',
  'environmentClientId',
  'resources',
  'tokens',
  'keys',
  'credentials',
  'management',
  'organizations',
  'users',
  'rateLimit',
  'audit',
  'logger',
  'mount',
  'clock',
];

/** @throws ConfigurationError that names the option at fault */
export function checkOptions(options: AuthorizationServerOptions): void {
  if (typeof options !== 'object' || options === null) throw new ConfigurationError('options', 'must be an object');
  checkKnown('', options, names);
  checkIssuer(options.issuer);
  checkStorage(options.storage);
  checkChoice('migrate', options.migrate, ['auto', 'check', 'off']);
  checkChoice('mount', options.mount, ['auto', 'manual']);
  for (const name of ['environmentId', 'environmentClientId'] as const) {
    if (options[name] !== undefined) checkText(name, options[name]);
  }
  checkResources(options.resources);
  checkTokens(options.tokens);
  checkKeys(options);
  checkGroup('credentials', options.credentials, ['pepper']);
  if (options.credentials?.pepper !== undefined) checkText('credentials.pepper', options.credentials.pepper);
  checkManagement(options.management);
  checkPort('organizations', options.organizations, ['find']);
  checkPort('users', options.users, ['find', 'isMember']);
  checkPort('logger', options.logger, ['warn', 'error']);
  checkPort('clock', options.clock, ['now']);
  const { rateLimit, audit } = options;
  if (rateLimit !== undefined && typeof rateLimit !== 'function') {
    throw new ConfigurationError('rateLimit', 'must be a function');
  }
  if (audit !== undefined && (typeof audit !== 'object' || audit === null)) {
    throw new ConfigurationError('audit', 'must be an audit trail, or the options of one');
  }
}

function checkIssuer(issuer: unknown): void {
  const text = checkText('issuer', issuer);
  if (!isTrustedUrl(text)) throw new ConfigurationError('issuer', 'must be an https URL, or http on loopback');
  if (new URL(text).origin !== text) {
    throw new ConfigurationError(
      'issuer',
      `must be an origin without a path or a slash at its end: ${new URL(text).origin}`,
    );
  }
}

function checkStorage(storage: AuthorizationServerOptions['storage']): void {
  if (storage === undefined) return;
  if (storage === null) throw new ConfigurationError('storage', 'must be an object');
  checkChoice('storage.kind', storage.kind ?? '', ['pglite', 'postgres']);
  if (storage.kind === 'pglite') {
    checkKnown('storage', storage, ['kind', 'dataDir']);
    if (storage.dataDir !== undefined) checkText('storage.dataDir', storage.dataDir);
    return;
  }
  checkKnown('storage', storage, ['kind', 'connectionString', 'pool']);
  if (storage.connectionString !== undefined) {
    checkText('storage.connectionString', storage.connectionString);
    if (storage.pool !== undefined) throw new ConfigurationError('storage', 'has both pool and connectionString');
  }
  checkPort('storage.pool', storage.pool, ['connect', 'query']);
}

function checkResources(resources: AuthorizationServerOptions['resources']): void {
  if (resources === undefined) return;
  for (const [at, uri] of checkTexts('resources', resources).entries()) {
    if (!URL.canParse(uri) || uri.includes('#')) {
      throw new ConfigurationError(`resources[${at}]`, 'must be an absolute URI without a fragment');
    }
  }
}

function checkTokens(tokens: AuthorizationServerOptions['tokens']): void {
  const lifetimes = ['accessTokenSeconds', 'refreshTokenSeconds', 'authorizationCodeSeconds'] as const;
  checkGroup('tokens', tokens, ['profile', ...lifetimes]);
  checkChoice('tokens.profile', tokens?.profile, ['standard', 'workos']);
  for (const name of lifetimes) checkSeconds(`tokens.${name}`, tokens?.[name]);
}

function checkKeys({ keys, storage }: AuthorizationServerOptions): void {
  checkGroup('keys', keys, ['algorithm', 'encryptionKey', 'rotateEverySeconds']);
  checkChoice('keys.algorithm', keys?.algorithm, signingAlgorithms);
  if (keys?.rotateEverySeconds !== null) checkSeconds('keys.rotateEverySeconds', keys?.rotateEverySeconds);
  checkEncryptionKey(keys?.encryptionKey, storage);
}

function checkEncryptionKey(key: unknown, storage: AuthorizationServerOptions['storage']): void {
  if (key === undefined) {
    if (storage?.kind !== 'postgres') return;
    throw new ConfigurationError('keys.encryptionKey', 'is needed with PostgreSQL: openssl rand -base64 32');
  }
  if (typeof key === 'object' && key !== null) {
    checkKnown('keys.encryptionKey', key, ['file']);
    checkText('keys.encryptionKey.file', (key as { file?: unknown }).file);
  } else parseKey('keys.encryptionKey', checkText('keys.encryptionKey', key));
}

function checkManagement(management: AuthorizationServerOptions['management']): void {
  checkGroup('management', management, ['enabled', 'apiKey', 'guard']);
  if (management?.enabled !== undefined && typeof management.enabled !== 'boolean') {
    throw new ConfigurationError('management.enabled', 'must be true or false');
  }
  if (
    management?.apiKey !== undefined &&
    !/^[\x21-\x7e]{1,256}$/.test(checkText('management.apiKey', management.apiKey))
  ) {
    throw new ConfigurationError('management.apiKey', 'must be at most 256 visible ASCII characters, as in a header');
  }
  if (management?.guard !== undefined && typeof management.guard !== 'function') {
    throw new ConfigurationError('management.guard', 'must be the class of a guard');
  }
}
