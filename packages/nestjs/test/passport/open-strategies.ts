import { findCurrentAuth } from '@connect-auth/core';
import { Controller, Get, type ModuleMetadata, Req, type Type, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import passport from 'passport';
import { Strategy } from 'passport-custom';
import { OrgId } from '../../src/index.js';
import { openNest, type Platform } from '../open-nest.js';

/** Whoever has this key in `x-api-key` is let in, as the application that it belongs to. */
export const apiKey = 'key_1';
passport.use(
  'api-key',
  new Strategy((req, done) => done(null, req.headers['x-api-key'] === apiKey && { app: 'keyed' })),
);

/** A controller behind strategies of Passport, which tells what they made known. */
function controllerBehind(strategies: string | string[], reached: unknown[]): Type {
  @Controller('projects')
  @UseGuards(AuthGuard(strategies))
  class ProjectsController {
    @Get()
    list(@Req() req: { user?: { subject?: string; app?: string } }) {
      reached.push(req.user);
      return { user: req.user?.subject ?? req.user?.app, current: findCurrentAuth()?.subject };
    }

    @Get('of-org')
    ofOrg(@OrgId() orgId: string) {
      return { orgId };
    }
  }
  return ProjectsController;
}

/** An application whose routes stand behind strategies of Passport, and not behind the guard of this package. */
export async function openStrategies(
  strategies: string | string[],
  imports: NonNullable<ModuleMetadata['imports']>,
  platform: Platform = 'Express',
) {
  const reached: unknown[] = [];
  const nest = await openNest(platform, { imports, controllers: [controllerBehind(strategies, reached)] });
  return { ...nest, reached };
}
