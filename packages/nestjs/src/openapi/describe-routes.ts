import { readPolicy } from '../access/access-policy.js';
import { optionalPackage } from '../optional-package.js';
import type { Route, RouteKind } from '../routes/route.js';
import { isGuarded } from '../routes/route-access.js';
import { documentedScopes } from './api-connect-auth.decorator.js';
import { schemeName } from './with-connect-auth.js';

const described = new WeakSet<object>();

/**
 * Tells `@nestjs/swagger`, where it is installed, which routes need a token and which scopes: what is enforced is what
 * is written. Before the application makes its document.
 *
 * @param covered the kinds that a global guard stands before
 */
export async function describeRoutes(routes: readonly Route[], covered: ReadonlySet<RouteKind>): Promise<void> {
  const swagger = await optionalPackage(() => import('@nestjs/swagger'));
  if (swagger === undefined) return;
  for (const route of routes) {
    const { type, name } = route;
    const method: object = type.prototype[name];
    const scopes = scopesToName(route, covered);
    if (route.kind !== 'http' || scopes === undefined || described.has(method)) continue;
    described.add(method);
    const { mode } = readPolicy(type, name);
    const { ApiSecurity, ApiUnauthorizedResponse, ApiForbiddenResponse } = swagger;
    const decorators = [
      // No security at all is one of the alternatives where a token is optional (OpenAPI, Security Requirement Object).
      ...(mode === 'optional' ? [ApiSecurity({})] : []),
      ApiSecurity(schemeName, [...scopes]),
      ApiUnauthorizedResponse({ description: 'There is no access token, or it is not valid' }),
      ApiForbiddenResponse({ description: 'The access token does not allow this' }),
    ];
    for (const decorate of decorators) decorate(type.prototype, name, { value: method });
  }
}

function scopesToName(route: Route, covered: ReadonlySet<RouteKind>): readonly string[] | undefined {
  const { mode, scopes } = readPolicy(route.type, route.name);
  const guarded = mode !== 'public' && (covered.has(route.kind) || isGuarded(route));
  return guarded ? (scopes ?? []) : documentedScopes(route.type, route.name);
}
