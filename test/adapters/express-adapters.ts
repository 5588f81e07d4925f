import { verifierOf } from '@connect-auth/core/adapter';
import { connectAuth } from '@connect-auth/express';
import { ConnectStrategy } from '@connect-auth/passport';
import request from 'supertest';
import { expressVersions } from '../../packages/express/test/express-versions.js';
import { openApi as openExpress } from '../../packages/express/test/open-api.js';
import { bearer } from '../../packages/express/test/open-issuer.js';
import { openApi as openPassport } from '../../packages/passport/test/open-api.js';
import { type Adapter, type GuardedApi, toldByHttp } from './adapter.js';

type App = Parameters<typeof request>[0];

function guarded(app: App, reached: readonly unknown[]): GuardedApi {
  const call = async (token: string | undefined) =>
    toldByHttp(
      await request(app)
        .get('/')
        .set(token === undefined ? {} : bearer(token)),
    );
  return { call, reached };
}

const expressAdapters: readonly Adapter[] = expressVersions.map(([name, express]) => ({
  name,
  async open(options) {
    const { app, reached } = openExpress(express, connectAuth(options));
    return guarded(app, reached);
  },
}));

const passportInExpress: Adapter = {
  name: 'Passport in Express',
  async open(options) {
    const { app, reached } = openPassport([new ConnectStrategy(verifierOf(options))]);
    return guarded(app, reached);
  },
};

export const adaptersOfExpress: readonly Adapter[] = [...expressAdapters, passportInExpress];
