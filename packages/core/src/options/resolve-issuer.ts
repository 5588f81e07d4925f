import type { ClaimProfile, ClaimSettings } from '../claims/claim-settings.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { type AlgorithmName, defaultAlgorithms, isAlgorithmName } from '../keys/algorithms.js';
import type { HeaderSettings } from '../token/check-header.js';
import { checkNumber, checkOneOf, checkText, checkTexts, pathTo } from './check-option.js';
import { checkIssuerUrl, checkOptionalUrl } from './check-url.js';
import { type IntrospectionSettings, resolveIntrospection } from './resolve-introspection.js';
import { type KeySettings, resolveKeys } from './resolve-keys.js';
import type { IssuerOptions } from './verifier-options.js';

/** An issuer's options, checked and complete. */
export interface IssuerSettings extends ClaimSettings, HeaderSettings {
  readonly algorithms: ReadonlySet<AlgorithmName>;
  readonly jwksUri: string | undefined;
  readonly keys: KeySettings;
  readonly introspection: IntrospectionSettings | undefined;
}

export const issuerOptionNames: readonly (keyof IssuerOptions)[] = [
  'issuer',
  'audience',
  'jwksUri',
  'algorithms',
  'requireTyp',
  'requiredClaims',
  'maxAgeSeconds',
  'clockToleranceSeconds',
  'profile',
  'introspection',
  'keys',
];

/** @throws ConfigurationError naming the first option at fault */
export function resolveIssuer(path: string, options: IssuerOptions): IssuerSettings {
  const at = (name: string) => pathTo(path, name);
  const issuer = checkIssuerUrl(at('issuer'), options.issuer);
  const introspection = resolveIntrospection(at('introspection'), options.introspection, issuer);
  const keys = resolveKeys(at('keys'), options.keys, introspection);
  if (keys.source !== undefined && options.jwksUri !== undefined) {
    throw new ConfigurationError(at('jwksUri'), 'does not go with keys.source, which says where the keys come from');
  }
  return {
    issuer,
    audience: checkAudienceOption(at('audience'), options.audience),
    jwksUri: checkOptionalUrl(at('jwksUri'), options.jwksUri),
    algorithms: checkAlgorithms(at('algorithms'), options.algorithms),
    requireTyp:
      options.requireTyp === undefined
        ? undefined
        : checkOneOf(at('requireTyp'), options.requireTyp, ['at+jwt', 'JWT']),
    requiredClaims:
      options.requiredClaims === undefined ? [] : checkTexts(at('requiredClaims'), options.requiredClaims),
    maxAgeSeconds: checkNumber(at('maxAgeSeconds'), options.maxAgeSeconds, { min: 1, fallback: undefined }),
    clockToleranceSeconds: checkNumber(at('clockToleranceSeconds'), options.clockToleranceSeconds, {
      min: 0,
      max: 300,
      fallback: 5,
    }),
    profile:
      options.profile === undefined
        ? profileOf(issuer)
        : checkOneOf(at('profile'), options.profile, ['standard', 'connect']),
    keys,
    introspection,
  };
}

function checkAudienceOption(path: string, value: unknown): readonly string[] | null {
  if (value === null) return null;
  if (value === undefined) {
    throw new ConfigurationError(path, 'is missing; null leaves the audience unchecked on purpose');
  }
  const audience = typeof value === 'string' ? [checkText(path, value)] : checkTexts(path, value);
  if (audience.length === 0) throw new ConfigurationError(path, 'must name at least one audience');
  return audience;
}

function checkAlgorithms(path: string, value: unknown): ReadonlySet<AlgorithmName> {
  const names = value === undefined ? defaultAlgorithms : checkTexts(path, value);
  if (names.length === 0) throw new ConfigurationError(path, 'must name at least one algorithm');
  for (const name of names) {
    if (!isAlgorithmName(name)) throw new ConfigurationError(path, 'may hold asymmetric signature algorithms only');
  }
  return new Set(names as readonly AlgorithmName[]);
}

/** Recognizes the AuthKit domains `<phrase>.authkit.app`; a customer's own domain needs the option. */
const profileOf = (issuer: string): ClaimProfile =>
  new URL(issuer).hostname.endsWith('.authkit.app') ? 'connect' : 'standard';
