import { type OrgAdmission, resolveAllowedOrgs } from '../access/allowed-orgs.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { type Runtime, systemRuntime } from '../runtime/runtime.js';
import { checkFunctions, checkKnown, checkNumber, checkObject } from './check-option.js';
import { type IssuerSettings, issuerOptionNames, resolveIssuer } from './resolve-issuer.js';
import type { IssuerOptions, VerifierOptions, VerifierSharedOptions } from './verifier-options.js';

/** All options of a verifier, checked and complete. */
export interface VerifierSettings {
  readonly issuers: readonly IssuerSettings[];
  /** 0: no cache. */
  readonly maxCachedTokens: number;
  readonly allowedOrgs: OrgAdmission;
  readonly stores: NonNullable<VerifierSharedOptions['stores']>;
  readonly runtime: Runtime;
}

const sharedNames: readonly (keyof VerifierSharedOptions)[] = ['tokenCache', 'allowedOrgs', 'stores', 'runtime'];

/** Checks every option once, when the program starts. @throws ConfigurationError naming the option at fault */
export function resolveOptions(options: VerifierOptions): VerifierSettings {
  checkObject('options', options);
  const { tokenCache, allowedOrgs, stores = {}, runtime = {} } = options;
  checkObject('stores', stores);
  checkKnown('stores', stores, ['introspection', 'revocations']);
  if (stores.introspection !== undefined) checkFunctions('stores.introspection', stores.introspection, ['get', 'set']);
  if (stores.revocations !== undefined) {
    checkFunctions('stores.revocations', stores.revocations, ['publish', 'subscribe']);
  }
  return {
    issuers: resolveIssuers(options),
    maxCachedTokens: resolveTokenCache(tokenCache),
    allowedOrgs: resolveAllowedOrgs(allowedOrgs),
    stores,
    runtime: resolveRuntime(runtime),
  };
}

function resolveIssuers(options: VerifierOptions): readonly IssuerSettings[] {
  if (!('issuers' in options)) {
    checkKnown('', options, [...issuerOptionNames, ...sharedNames]);
    return [resolveIssuer('', options)];
  }
  checkKnown('', options, ['issuers', ...sharedNames]);
  const { issuers } = options;
  if (!Array.isArray(issuers) || issuers.length === 0) {
    throw new ConfigurationError('issuers', 'must be a list of at least one issuer');
  }
  const resolved = issuers.map((issuer: IssuerOptions, at) => {
    checkObject(`issuers[${at}]`, issuer);
    checkKnown(`issuers[${at}]`, issuer, issuerOptionNames);
    return resolveIssuer(`issuers[${at}]`, issuer);
  });
  if (new Set(resolved.map(({ issuer }) => issuer)).size < resolved.length) {
    throw new ConfigurationError('issuers', 'must not hold one issuer twice');
  }
  return resolved;
}

function resolveTokenCache(tokenCache: VerifierSharedOptions['tokenCache']): number {
  if (tokenCache === null) return 0;
  if (tokenCache === undefined) return 10_000;
  checkObject('tokenCache', tokenCache);
  checkKnown('tokenCache', tokenCache, ['maxEntries']);
  if (tokenCache.maxEntries === undefined) throw new ConfigurationError('tokenCache.maxEntries', 'is missing');
  return checkNumber('tokenCache.maxEntries', tokenCache.maxEntries, { min: 2, fallback: 0 });
}

function resolveRuntime(given: Partial<Runtime>): Runtime {
  checkObject('runtime', given);
  checkKnown('runtime', given, Object.keys(systemRuntime));
  const members = Object.entries(given).filter(([, member]) => member !== undefined);
  for (const [name, member] of members) {
    if (typeof member !== 'function') throw new ConfigurationError(`runtime.${name}`, 'must be a function');
  }
  return Object.freeze({ ...systemRuntime, ...Object.fromEntries(members) });
}
