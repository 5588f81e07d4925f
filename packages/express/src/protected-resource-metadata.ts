import { ConfigurationError } from '@connect-auth/core';
import type { RequestHandler } from 'express';
import { announceMetadata, stateOf } from './request-state.js';

/** What clients are told about this API (RFC 9728 §2). */
export interface ProtectedResourceMetadataOptions {
  /** The resource identifier: the https URL of the API, without query and fragment. */
  readonly resource: string;
  /** The issuers whose tokens are accepted. */
  readonly authorizationServers: readonly string[];
  /** The scopes that a client may have to ask for. Default: not told. */
  readonly scopesSupported?: readonly string[];
  /** A name for people. Default: not told. */
  readonly resourceName?: string;
  /** A page for developers. Default: not told. */
  readonly resourceDocumentation?: string;
}

const wellKnown = '/.well-known/oauth-protected-resource';

/**
 * Serves the metadata of this protected resource where RFC 9728 §3.1 puts it, to anybody, and names it in every challenge
 * (`resource_metadata`). It must stand before `connectAuth()`: clients read it because they have no token yet.
 *
 * @throws ConfigurationError if the resource is not such a URL, or no authorization server is named
 */
export function protectedResourceMetadata(options: ProtectedResourceMetadataOptions): RequestHandler {
  const { origin, pathname } = resourceUrl(options.resource);
  const path = wellKnown + pathname.replace(/\/$/, '');
  const document = JSON.stringify(toDocument(options));

  return (req, res, next) => {
    if (stateOf(req) !== undefined) {
      next(new ConfigurationError('protectedResourceMetadata()', 'must stand before connectAuth()'));
      return;
    }
    announceMetadata(req, origin + path);
    if (req.originalUrl.split('?')[0] !== path) {
      next();
      return;
    }
    // It is public, and clients in browsers of other origins are among those that need it.
    res.set('Access-Control-Allow-Origin', '*');
    if (req.method === 'GET' || req.method === 'HEAD') {
      res.set({ 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=3600' }).end(document);
    } else if (req.method === 'OPTIONS') {
      res.set({ 'Access-Control-Allow-Methods': 'GET, HEAD', 'Access-Control-Max-Age': '86400' }).status(204).end();
    } else {
      res.set('Allow', 'GET, HEAD, OPTIONS').status(405).end();
    }
  };
}

function toDocument(options: ProtectedResourceMetadataOptions): object {
  if (!Array.isArray(options.authorizationServers) || options.authorizationServers.length === 0) {
    throw new ConfigurationError('authorizationServers', 'must name at least one issuer');
  }
  return {
    resource: options.resource,
    authorization_servers: options.authorizationServers,
    bearer_methods_supported: ['header'],
    scopes_supported: options.scopesSupported,
    resource_name: options.resourceName,
    resource_documentation: options.resourceDocumentation,
  };
}

/** RFC 9728 §1.2. Loopback may be plain http, to develop against. */
function resourceUrl(resource: string): URL {
  const url = URL.canParse(resource) ? new URL(resource) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new ConfigurationError('resource', 'must be the URL of the API, without query and fragment');
  }
  return url;
}
