import 'reflect-metadata';
import type { AcceptedIssuer } from '@connect-auth/core';
import { nearestDemands } from '../access/access-policy.js';
import { optionalPackage } from '../optional-package.js';
import type { Route, RouteKind } from '../routes/route.js';
import { isGuarded, policyOfRoute } from '../routes/route-access.js';
import { documentedScopes } from './api-connect-auth.decorator.js';
import { schemeNames } from './security-schemes.js';

const described = new WeakSet<object>();

/**
 * Tells `@nestjs/swagger`, if it is installed, which routes need a token and which scopes, so that the description
 * matches what is enforced. Runs before the application makes its document. It does not describe responses: if a method
 * has one, Swagger leaves out those that it would infer by itself.
 *
 * @param covered the kinds of routes that a global guard protects
 */
export async function describeRoutes(
  routes: readonly Route[],
  covered: ReadonlySet<RouteKind>,
  issuers: readonly AcceptedIssuer[],
): Promise<void> {
  const swagger = await optionalPackage(() => import('@nestjs/swagger'));
  if (swagger === undefined) return;
  for (const route of routes) {
    const { type, name, method } = route;
    const scopes = scopesToName(route, covered);
    if (route.kind !== 'http' || scopes === undefined || described.has(method)) continue;
    described.add(method);
    // Several requirements are alternatives (OpenAPI, Security Requirement Object): one for each issuer, and an empty
    // one where a token is optional.
    const alternatives = schemeNames(issuers).map((scheme) => ({ [scheme]: [...scopes] }));
    if (policyOfRoute(route).mode === 'optional') alternatives.unshift({});
    for (const alternative of alternatives) swagger.ApiSecurity(alternative)(type.prototype, name, { value: method });
    for (const parameter of undescribedParameters(route)) {
      swagger.ApiParam({ name: parameter, type: String })(type.prototype, name, { value: method });
    }
  }
}

/** The metadata key under which `@nestjs/swagger` keeps the parameters of `@ApiParam()`. */
const apiParameters = 'swagger/apiParameters';

/**
 * Returns the path parameters that still need a description: a handler that receives the object instead of its id has
 * no `@Param()` from which Swagger could describe the path.
 */
function undescribedParameters(route: Route): readonly string[] {
  const said: readonly { readonly name?: string }[] = Reflect.getMetadata(apiParameters, route.method) ?? [];
  const read = nearestDemands(policyOfRoute(route).levels).flatMap(({ pathParameter }) => pathParameter ?? []);
  return [...new Set(read)].filter((parameter) => !said.some(({ name }) => name === parameter));
}

function scopesToName(route: Route, covered: ReadonlySet<RouteKind>): readonly string[] | undefined {
  const { mode, scopes } = policyOfRoute(route);
  const guarded = mode !== 'public' && (covered.has(route.kind) || isGuarded(route));
  return guarded ? (scopes ?? []) : documentedScopes(route.type, route.name);
}
