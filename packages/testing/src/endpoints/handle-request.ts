import { type HttpRequest, type HttpResponse, jsonResponse } from '../transport/http-message.js';
import { OAuthError } from './oauth-error.js';
import { type SiteMap, withoutDetour } from './site-map.js';

export type HandleRequest = (request: HttpRequest) => HttpResponse;

export interface EndpointHandlers {
  readonly openidConfiguration: () => unknown;
  readonly authorizationServerMetadata: () => unknown;
  readonly jwks: () => unknown;
  readonly token: HandleRequest;
  readonly introspection: HandleRequest;
}

/** Creates the issuer as one function from request to response, the same in memory and on a port. */
export function createRequestHandler(site: SiteMap, handlers: EndpointHandlers): HandleRequest {
  const document = (read: () => unknown) => ({ method: 'GET', answer: () => jsonResponse(200, read()) });
  const routes = new Map<string, { method: string; answer: HandleRequest }>([
    [site.openidConfigurationPath, document(handlers.openidConfiguration)],
    [site.authorizationServerPath, document(handlers.authorizationServerMetadata)],
    [site.jwksPath, document(handlers.jwks)],
    [site.tokenPath, { method: 'POST', answer: handlers.token }],
    [site.introspectionPath, { method: 'POST', answer: handlers.introspection }],
  ]);

  return (request) => {
    const route = routes.get(withoutDetour(request.path));
    if (route === undefined) return jsonResponse(404, { error: 'not_found' });
    if (route.method !== request.method) {
      return jsonResponse(405, { error: 'method_not_allowed' }, { allow: route.method });
    }
    try {
      return route.answer(request);
    } catch (error) {
      if (error instanceof OAuthError) return error.toResponse();
      throw error;
    }
  };
}
