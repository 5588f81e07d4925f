import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { ConnectAuthModule, currentAuth, RequireOrg, RequireScopes } from '../../src/index.js';
import { answerOf, inRealm, invalidToken, missingToken } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';

@Controller('staff')
@RequireOrg()
class StaffController {
  @Get()
  async list() {
    await null;
    return { issuer: currentAuth().issuer, org: currentAuth().orgId };
  }
}

@Controller('partners')
@RequireScopes('projects:read')
class PartnersController {
  @Get()
  async list() {
    await null;
    return { issuer: currentAuth().issuer, org: currentAuth().orgId };
  }
}

let staff: OpenIssuer;
let partners: OpenIssuer;
beforeAll(async () => {
  staff = await openIssuer({ issuer: 'https://staff.test' });
  partners = await openIssuer({ issuer: 'https://partners.test' });
});

/** Two feature modules, each with a module of this package for its own issuer. */
function twoFeatures() {
  const staffAuth = ConnectAuthModule.forRoot({ ...staff.trust(), realm: 'staff', passportStrategy: 'staff' });
  const partnersAuth = ConnectAuthModule.forRootAsync({
    useFactory: () => ({ ...partners.trust(), realm: 'partners', passportStrategy: 'partners' }),
  });
  @Module({ imports: [staffAuth], controllers: [StaffController] })
  class StaffModule {}
  @Module({ imports: [partnersAuth], controllers: [PartnersController] })
  class PartnersModule {}
  return [StaffModule, PartnersModule];
}

describe.each(platforms)('%s', (platform) => {
  let http: Awaited<ReturnType<typeof openNest>>['http'];
  beforeAll(async () => {
    ({ http } = await openNest(platform, { imports: twoFeatures() }));
  });

  test('each controller accepts the tokens of its own issuer only, and challenges in its own realm', async () => {
    const rows = [
      ['staff', staff, partners],
      ['partners', partners, staff],
    ] as const;
    for (const [path, own, foreign] of rows) {
      const get = (headers: Record<string, string>) => http.get(`/${path}`).set(headers);
      for (const _time of ['first', 'second']) {
        expect((await get(bearer(own.issuer.token({ org: 'o' })))).body).toEqual({
          issuer: own.issuer.issuer,
          org: 'o',
        });
        expect(answerOf(await get(bearer(foreign.issuer.token())))).toEqual(inRealm(path, invalidToken));
        expect(answerOf(await get({}))).toEqual(inRealm(path, missingToken));
      }
    }
  });

  test('a token that one has remembered is no token for the other', async () => {
    const token = bearer(staff.issuer.token());
    for (let at = 0; at < 3; at += 1) {
      await http.get('/staff').set(token).expect(200);
      await http.get('/partners').set(token).expect(401);
    }
  });

  test('100 requests to both at once: each sees its own caller', async () => {
    const ask = async (at: number) => {
      const [path, { issuer }] = at % 2 === 0 ? (['staff', staff] as const) : (['partners', partners] as const);
      const org = `org_${at % 10}`;
      const { body } = await http.get(`/${path}`).set(bearer(issuer.token({ org })));
      return { body, expected: { issuer: issuer.issuer, org } };
    };
    const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => ask(at)));
    expect(answers.map(({ body }) => body)).toEqual(answers.map(({ expected }) => expected));
  });

  test('feature modules that import the same module share its verifier and its keys', async () => {
    const { issuer, trust } = await openIssuer();
    const auth = ConnectAuthModule.forRoot(trust());
    @Module({ imports: [auth], controllers: [StaffController] })
    class StaffModule {}
    @Module({ imports: [auth], controllers: [PartnersController] })
    class PartnersModule {}
    const shared = await openNest(platform, { imports: [StaffModule, PartnersModule] });
    for (const path of ['/staff', '/partners']) await shared.http.get(path).set(bearer(issuer.token())).expect(200);
    expect(issuer.requests.jwks).toBe(1);
  });

  test('a feature module that forgets to import it: the application does not start', async () => {
    @Module({ controllers: [StaffController] })
    class ForgetfulModule {}
    const imports = [ConnectAuthModule.forRoot(staff.trust()), ForgetfulModule];
    await expect(openNest(platform, { imports })).rejects.toThrow(
      /can't resolve dependencies of the ConnectAuthGuard \(\?/,
    );
  });
});
