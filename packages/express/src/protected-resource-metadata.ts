import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkText, checkTexts, isTrustedUrl, recordOf } from '@connect-auth/core/adapter';
import type { RequestHandler } from 'express';

/** The metadata of this API for clients (RFC 9728 §2). */
export interface ProtectedResourceMetadataOptions {
  /** The resource identifier: the https URL of the API, without query and fragment. */
  readonly resource: string;
  /** The issuers whose tokens are accepted. */
  readonly authorizationServers: readonly string[];
  /** The scopes that a client may have to ask for. Default: not stated. */
  readonly scopesSupported?: readonly string[];
  /** A name for people to read. Default: not stated. */
  readonly resourceName?: string;
  /** A page for developers. Default: not stated. */
  readonly resourceDocumentation?: string;
}

const optionNames: readonly (keyof ProtectedResourceMetadataOptions)[] = [
  'resource',
  'authorizationServers',
  'scopesSupported',
  'resourceName',
  'resourceDocumentation',
];

const wellKnown = '/.well-known/oauth-protected-resource';

/**
 * Serves the metadata of this protected resource where RFC 9728 §3.1 puts it, to anybody, and names it in every
 * challenge (`resource_metadata`). Must stand before `connectAuth()`: clients read it because they have no token yet.
 *
 * @throws ConfigurationError if the resource is not such a URL, or no authorization server is named
 */
export function protectedResourceMetadata(options: ProtectedResourceMetadataOptions): RequestHandler {
  checkKnown('', options, optionNames);
  const { origin, pathname } = resourceUrl(options.resource);
  // RFC 9728 §3.1: only the slash that follows the host is left out. Clients that strip others are served as well.
  const path = pathname === '/' ? wellKnown : wellKnown + pathname;
  const paths = [path, path.replace(/\/$/, '')];
  const document = JSON.stringify(toDocument(options));

  return (req, res, next) => {
    const record = recordOf(req);
    if (record.protection !== undefined) {
      next(new ConfigurationError('protectedResourceMetadata()', 'must stand before connectAuth()'));
      return;
    }
    record.resourceMetadata = origin + path;
    if (!paths.includes(req.originalUrl.split('?')[0] ?? '')) {
      next();
      return;
    }
    // The metadata is public, and clients in browsers of other origins are among those that need it.
    res.set('Access-Control-Allow-Origin', '*');
    if (req.method === 'GET' || req.method === 'HEAD') {
      res.set({ 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=3600' }).end(document);
    } else if (req.method === 'OPTIONS') {
      res.set(preflight).status(204).end();
    } else {
      res.set('Allow', 'GET, HEAD, OPTIONS').status(405).end();
    }
  };
}

/** Answers the preflight that a browser sends whenever a client adds a header of its own. */
const preflight = {
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Max-Age': '86400',
};

function toDocument(options: ProtectedResourceMetadataOptions): object {
  const { authorizationServers, scopesSupported, resourceName, resourceDocumentation } = options;
  return {
    resource: options.resource,
    authorization_servers: checkIssuers(authorizationServers),
    bearer_methods_supported: ['header'],
    scopes_supported: scopesSupported && checkTexts('scopesSupported', scopesSupported),
    resource_name: resourceName && checkText('resourceName', resourceName),
    resource_documentation: resourceDocumentation && checkText('resourceDocumentation', resourceDocumentation),
  };
}

function checkIssuers(value: unknown): readonly string[] {
  const issuers = checkTexts('authorizationServers', value);
  const unfit = issuers.findIndex((issuer) => !isTrustedUrl(issuer));
  if (issuers.length === 0) throw new ConfigurationError('authorizationServers', 'must name at least one issuer');
  if (unfit >= 0)
    throw new ConfigurationError(`authorizationServers[${unfit}]`, 'must be an https URL (http on loopback)');
  return issuers;
}

/** Checks the resource (RFC 9728 §1.2). Loopback may be plain http, for development. */
function resourceUrl(resource: unknown): URL {
  const text = checkText('resource', resource);
  if (!isTrustedUrl(text) || /[\s?#]/.test(text)) {
    throw new ConfigurationError('resource', 'must be an https URL (http on loopback), without query and fragment');
  }
  return new URL(text);
}
