import { ConnectAuthGuard, ConnectAuthModule } from '@connect-auth/nestjs';
import { UseGuards } from '@nestjs/common';
import { bearer } from '../../packages/express/test/open-issuer.js';
import { platforms } from '../../packages/nestjs/test/open-nest.js';
import { openProjects } from '../../packages/nestjs/test/open-projects.js';
import { openStrategies } from '../../packages/nestjs/test/passport/open-strategies.js';
import { type Adapter, toldByHttp } from './adapter.js';

const guards: readonly Adapter[] = platforms.map((platform) => ({
  name: `Nest + ${platform}`,
  async open(options) {
    const { http, reached } = await openProjects(platform, options, { onClass: [UseGuards(ConnectAuthGuard)] });
    const call = async (token: string | undefined) =>
      toldByHttp(await http.get('/projects').set(token === undefined ? {} : bearer(token)));
    return { call, reached };
  },
}));

let opened = 0;

const passportInNest: Adapter = {
  name: 'Passport in Nest',
  async open(options) {
    // Passport has one list of strategies for the whole process.
    opened += 1;
    const passportStrategy = `connect-${opened}`;
    const { http, reached } = await openStrategies(passportStrategy, [
      ConnectAuthModule.forRoot({ ...options, passportStrategy }),
    ]);
    const call = async (token: string | undefined) =>
      toldByHttp(await http.get('/projects').set(token === undefined ? {} : bearer(token)));
    return { call, reached };
  },
};

export const adaptersOfNest: readonly Adapter[] = [...guards, passportInNest];
