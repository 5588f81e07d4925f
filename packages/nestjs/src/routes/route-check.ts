import { ConfigurationError } from '@connect-auth/core';
import type { Type } from '@nestjs/common';
import type { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import type { ConnectAuthModuleExtras } from '../connect-auth.module-definition.js';
import { moduleExtras } from '../connect-auth.tokens.js';
import { classesOf, routesOf } from './find-routes.js';
import { refuseContradictions, refuseIdleDeclarations } from './refuse-contradictions.js';
import { refuseLostGuards, refuseUndecided, refuseUnguardedFields } from './refuse-open-routes.js';
import { refuseUndeclaredOrg, refuseUnprovidedLoaders } from './refuse-undeclared-org.js';
import type { Route, RouteKind } from './route.js';
import { refuseTwoIssuers } from './visible-modules.js';

/** The token under which GraphQLModule provides its options. */
const graphqlOptions = 'GqlModuleOptions';

/** Checks all routes of one application: whether somebody has decided who may call each. */
export class RouteCheck {
  private readonly hasGlobalGuard: boolean;

  /** @throws ConfigurationError if two modules are to be the global one: no token could satisfy both */
  constructor(
    private readonly modules: ModulesContainer,
    private readonly http: HttpAdapterHost,
    private readonly ours: Type,
    private readonly settings: ConnectAuthModuleExtras,
  ) {
    const extras = this.provided(moduleExtras) as readonly ConnectAuthModuleExtras[];
    const globals = extras.filter(({ global }) => global === true).length;
    if (globals > 1) throw new ConfigurationError('global', 'may be true for one ConnectAuthModule of an application');
    this.hasGlobalGuard = globals === 1;
  }

  /** All routes found so far. */
  get all(): readonly Route[] {
    return classesOf(this.modules).flatMap(routesOf);
  }

  /** The kinds of routes that the global guard protects. Microservices beside an HTTP server are not among them. */
  get covered(): ReadonlySet<RouteKind> {
    if (!this.hasGlobalGuard) return new Set();
    const servesHttp = Boolean(this.http.httpAdapter?.getType?.());
    return new Set(servesHttp ? ['http', 'graphql', 'subscription'] : ['http', 'graphql', 'subscription', 'rpc']);
  }

  /** @throws ConfigurationError if a module sees two of ours, or ours is loaded too late to be the global one */
  checkModules(): void {
    refuseTwoIssuers(this.modules, this.ours);
    if (this.hasGlobalGuard && this.http.listening) {
      throw new ConfigurationError('global', 'comes too late: routes were bound before this module was loaded');
    }
  }

  checkDeclarations(): void {
    refuseContradictions(this.all);
    refuseUnprovidedLoaders(this.all, this.modules);
    if (this.settings.undeclared === 'deny') refuseUndeclaredOrg(this.all);
    if (this.settings.checkRoutes === false) return;
    for (const type of classesOf(this.modules)) refuseIdleDeclarations(type, routesOf(type));
  }

  checkGuards(): void {
    const { covered } = this;
    const uncovered = this.all.filter(({ kind }) => !covered.has(kind));
    refuseLostGuards(uncovered);
    if (this.settings.checkRoutes ?? this.hasGlobalGuard) refuseUndecided(uncovered);
  }

  checkFields(): void {
    const options = this.provided(graphqlOptions) as readonly { fieldResolverEnhancers?: readonly string[] }[];
    const guardsRun = options.length > 0 && options.every((each) => each.fieldResolverEnhancers?.includes('guards'));
    if (!guardsRun) refuseUnguardedFields(this.all);
  }

  private provided(token: string | symbol): readonly unknown[] {
    return [...this.modules.values()].flatMap(({ providers }) => providers.get(token)?.instance ?? []);
  }
}
