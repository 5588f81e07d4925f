import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, VERSION_NEUTRAL, Version, VersioningType } from '@nestjs/common';
import { ConnectAuthModule, Public, RequireScopes } from '../../src/index.js';
import { answerOf, insufficientScope, missingToken } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { type NestSetup, openNest, platforms } from '../open-nest.js';

@Controller({ path: 'versions', version: '1' })
class VersionsController {
  @Get()
  @RequireScopes('projects:read')
  show() {
    return { version: 1 };
  }

  @Get()
  @Version('2')
  @RequireScopes('projects:write')
  next() {
    return { version: 2 };
  }

  @Get('neutral')
  @Version(VERSION_NEUTRAL)
  @Public()
  neutral() {}
}

let world: OpenIssuer;
let read: Record<string, string>;
beforeAll(async () => {
  world = await openIssuer();
  read = bearer(world.issuer.token({ scopes: ['projects:read'] }));
});

describe.each(platforms)('%s', (platform) => {
  const open = (prepare: NonNullable<NestSetup['prepare']>) =>
    openNest(platform, {
      imports: [ConnectAuthModule.forRoot(world.trust())],
      controllers: [VersionsController],
      prepare,
    });

  test.each([
    ['in the path', VersioningType.URI, (version: number) => [`/v${version}/versions`, {}] as const],
    ['in a header', VersioningType.HEADER, (version: number) => ['/versions', { 'x-version': `${version}` }] as const],
  ])('with versions %s each handler has its own policy', async (_where, type, requestFor) => {
    const { http } = await open((app) =>
      app.enableVersioning(
        type === VersioningType.URI ? { type } : { type: VersioningType.HEADER, header: 'X-Version' },
      ),
    );
    const ask = async (version: number, headers: Record<string, string>) => {
      const [path, more] = requestFor(version);
      return answerOf(await http.get(path).set({ ...more, ...headers }));
    };
    for (const _time of ['first', 'second']) {
      expect((await ask(1, read)).body).toEqual({ version: 1 });
      expect(await ask(2, read)).toEqual(insufficientScope('projects:write'));
      expect(await ask(1, {})).toEqual(missingToken);
      expect(await ask(2, {})).toEqual(missingToken);
    }
    await http.get('/versions/neutral').expect(200);
  });
});
