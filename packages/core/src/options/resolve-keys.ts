import { ConfigurationError } from '../errors/configuration-error.js';
import type { KeySource } from '../keys/load-jwks.js';
import type { KeyTimes } from '../keys/refresh-schedule.js';
import { checkKnown, checkNumber, checkObject, maxTimeoutMs, pathTo } from './check-option.js';
import type { IntrospectionSettings } from './resolve-introspection.js';
import type { KeyOptions } from './verifier-options.js';

/** The key options of an issuer, checked and complete. */
export interface KeySettings extends KeyTimes {
  readonly source: KeySource | undefined;
}

const names: readonly (keyof KeyOptions)[] = ['source', 'cacheSeconds', 'staleSeconds', 'cooldownSeconds', 'timeoutMs'];

/** @throws ConfigurationError naming the first option at fault */
export function resolveKeys(
  path: string,
  options: KeyOptions | undefined = {},
  introspection: IntrospectionSettings | undefined,
): KeySettings {
  checkObject(path, options);
  checkKnown(path, options, names);
  const number = (name: Exclude<keyof KeyOptions, 'source'>, min: number, fallback: number, max?: number) =>
    checkNumber(pathTo(path, name), options[name], { min, fallback, ...(max !== undefined && { max }) });
  return {
    source: checkSource(pathTo(path, 'source'), options.source),
    cacheSeconds: number('cacheSeconds', 1, 600),
    staleSeconds: number('staleSeconds', 0, 3_600),
    cooldownSeconds: number('cooldownSeconds', 1, 5),
    // With introspection as the fallback, the caller has to wait for that as well.
    timeoutMs: number('timeoutMs', 1, fallsBack(introspection) ? 2_500 : 5_000, maxTimeoutMs),
  };
}

function checkSource(path: string, source: unknown): KeySource | undefined {
  if (source === undefined || typeof source === 'function') return source as KeySource | undefined;
  throw new ConfigurationError(path, 'must be a function that resolves to a JWK Set');
}

const fallsBack = (introspection: IntrospectionSettings | undefined): boolean =>
  introspection !== undefined && introspection.mode !== 'never';
