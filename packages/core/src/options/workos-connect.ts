import { ConfigurationError } from '../errors/configuration-error.js';
import { checkObject, checkText, checkTexts } from './check-option.js';
import type { IntrospectionOptions, IssuerOptions } from './verifier-options.js';

/** WorkOS Connect, in the terms of its dashboard. Everything else that `IssuerOptions` has may be set, too. */
export interface WorkosConnectOptions
  extends Omit<Partial<IssuerOptions>, 'issuer' | 'audience' | 'introspection' | 'profile'> {
  /** The AuthKit domain: `acme.authkit.app`, or the custom domain; with `https://` or without. */
  readonly authkitDomain: string;
  /** The client id of the environment: the audience of M2M tokens, and of user tokens without a resource indicator. */
  readonly environmentClientId: string;
  /** The resource indicators (RFC 8707) that are configured for this API, each an audience of its own. Default: none. */
  readonly resources?: readonly string[];
  /** The credentials of a Connect application, for introspection. Default: tokens are never introspected. */
  readonly introspection?: IntrospectionOptions;
}

/**
 * The options for tokens of WorkOS Connect: its paths, its one algorithm, and how its M2M tokens are told from users'.
 *
 * ```ts
 * createVerifier(workosConnect({ authkitDomain: 'acme.authkit.app', environmentClientId: 'client_01H…' }))
 * ```
 *
 * @throws ConfigurationError
 */
export function workosConnect(options: WorkosConnectOptions): IssuerOptions {
  checkObject('workosConnect()', options);
  const { authkitDomain, environmentClientId, resources = [], introspection, ...rest } = options;
  if ('issuer' in rest || 'audience' in rest) {
    throw new ConfigurationError(
      'workosConnect()',
      'takes authkitDomain and environmentClientId, not issuer and audience',
    );
  }
  const issuer = toIssuer(checkText('authkitDomain', authkitDomain));
  return {
    ...(rest.keys?.source === undefined && { jwksUri: `${issuer}/oauth2/jwks` }),
    algorithms: ['RS256'],
    ...rest,
    issuer,
    audience: [checkText('environmentClientId', environmentClientId), ...checkTexts('resources', resources)],
    profile: 'connect',
    ...(introspection !== undefined && {
      introspection: { endpoint: `${issuer}/oauth2/introspection`, ...introspection },
    }),
  };
}

/** Connect's issuer is the bare origin, without a trailing slash. */
function toIssuer(authkitDomain: string): string {
  const url = authkitDomain.includes('://') ? authkitDomain : `https://${authkitDomain}`;
  if (!URL.canParse(url) || new URL(url).pathname !== '/') {
    throw new ConfigurationError('authkitDomain', 'must be a domain, such as acme.authkit.app');
  }
  return new URL(url).origin;
}
