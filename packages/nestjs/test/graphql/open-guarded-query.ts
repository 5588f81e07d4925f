import { UseGuards } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { type Auth, ConnectAuthGuard, CurrentAuth } from '../../src/index.js';
import type { OpenIssuer } from '../open-issuer.js';
import { openGraphql, type Platform } from './open-graphql.js';

/** An API with one guarded query, and what a caller with this token is told of it. */
export async function openGuardedQuery(platform: Platform, options: ReturnType<OpenIssuer['trust' | 'trustKeysOnly']>) {
  const reached: Auth[] = [];

  @Resolver()
  @UseGuards(ConnectAuthGuard)
  class ProjectsResolver {
    @Query(() => String) projects(@CurrentAuth() auth: Auth) {
      reached.push(auth);
      return String(auth.orgId);
    }
  }

  const { run, errors } = await openGraphql(platform, options, [ProjectsResolver]);
  return { call: (token: string | undefined) => run('{ projects }', token), reached, errors };
}
