import type { AuditEvent } from '@connect-auth/audit';
import 'reflect-metadata';
import { hasPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CanActivate,
  type ExecutionContext,
  Global,
  type INestApplication,
  Inject,
  Injectable,
  Module,
  type Type,
  UnauthorizedException,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { of } from 'rxjs';
import {
  AuthorizationServer,
  AuthorizationServerModule,
  type AuthorizationServerOptions,
  setAuditActor,
} from '../../src/index.js';
import { get, manage, post } from '../kit/client.js';
import { createMigratedDatabase } from '../kit/migrated-database.js';
import { withMigratedPglite } from '../kit/migrated-pglite.js';
import { apiKey, openServer } from '../kit/open-server.js';
import { listRoutes } from './list-routes.js';
import { gone, seen } from './shapes.js';

@Injectable()
class Sessions {
  readonly users = new Map([['session-of-ada', 'ada']]);
}

@Module({ providers: [Sessions], exports: [Sessions] })
class SessionsModule {}

@Global()
@Module({ providers: [Sessions], exports: [Sessions] })
class GlobalSessionsModule {}

@Injectable()
class SessionGuard implements CanActivate {
  constructor(@Inject(Sessions) private readonly sessions: Sessions) {}

  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest();
    const id = this.sessions.users.get(request.headers['x-session']);
    if (id === undefined) return false;
    setAuditActor(request, { type: 'custom', id });
    return of(true);
  }
}

const opened: INestApplication[] = [];
let database: TestDatabase | undefined;
beforeAll(async () => {
  if (await hasPostgres()) database = await createMigratedDatabase();
});
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});
afterAll(() => database?.drop());

/** A server with a guard of the application's. */
async function openGuarded(guard: Type<CanActivate>, sessions: 'imported' | 'global' | 'nowhere' = 'nowhere') {
  const events: AuditEvent[] = [];
  const options: AuthorizationServerOptions = {
    issuer: 'http://localhost:3000',
    storage: database === undefined ? { kind: 'pglite' } : { kind: 'postgres', ...connectionOf(database) },
    keys: { encryptionKey: 'ab'.repeat(32) },
    management: { apiKey, guard },
    audit: { operator: [{ name: 'memory', write: async (written) => void events.push(...written) }] },
    logger: { warn: () => undefined, error: () => undefined },
  };
  const server =
    sessions === 'imported'
      ? AuthorizationServerModule.forRootAsync({ imports: [SessionsModule], useFactory: () => options })
      : AuthorizationServerModule.forRoot(options);
  class AppModule {}
  Module({ imports: [server, ...(sessions === 'global' ? [GlobalSessionsModule] : [])] })(AppModule);
  const app = await withMigratedPglite(() =>
    NestFactory.create(AppModule, { logger: false, forceCloseConnections: true, abortOnError: false }),
  );
  opened.push(app);
  await app.listen(0, '127.0.0.1');
  return { issuer: await app.getUrl(), events };
}

const connectionOf = ({ connectionString }: TestDatabase) => ({ connectionString });
const forbidden = { status: 403, body: { message: 'Forbidden resource', code: 'forbidden' } };
const organizations = '/organizations';

describe.each(['imported', 'global'] as const)('a guard of the application’s, with what it needs %s', (sessions) => {
  test('decides in place of the API key, and names who it was', async () => {
    const server = await openGuarded(SessionGuard, sessions);
    expect(seen(await manage(server, 'GET', organizations))).toEqual(forbidden);
    expect(seen(await manage(server, 'POST', organizations, { name: 'Acme' }))).toEqual(forbidden);
    expect(server.events.filter(({ action }) => action.startsWith('organization'))).toEqual([]);

    const session = { authorization: '', 'x-session': 'session-of-ada' };
    const created = await manage(server, 'POST', organizations, { name: 'Acme' }, session);
    expect(created.status).toBe(201);
    expect(seen(await manage(server, 'DELETE', `${organizations}/${created.body.id}`, undefined, session))).toEqual(
      gone,
    );
    const actor = { type: 'custom', id: 'ada' };
    expect(server.events.slice(-2)).toMatchObject([
      { action: 'organization.created', actor },
      { action: 'organization.deleted', actor },
    ]);
  });
});

test('whom a guard does not name is custom, and nothing else', async () => {
  class OpenGuard implements CanActivate {
    canActivate = () => true;
  }
  const server = await openGuarded(OpenGuard);
  expect((await manage(server, 'POST', organizations, { name: 'Acme' }, { authorization: '' })).status).toBe(201);
  expect(server.events.at(-1)?.actor).toEqual({ type: 'custom', id: 'custom' });
});

test('what a guard throws is the answer', async () => {
  class ClosedGuard implements CanActivate {
    canActivate(): never {
      throw new UnauthorizedException('Sign in first.');
    }
  }
  const answer = await manage(await openGuarded(ClosedGuard), 'GET', organizations);
  expect(seen(answer)).toEqual({ status: 401, body: { message: 'Sign in first.', code: 'unauthorized' } });
  expect(answer.headers.get('www-authenticate')).toBe('Bearer');
});

test('two callers without an Authorization header do not share an Idempotency-Key', async () => {
  class NamingGuard implements CanActivate {
    canActivate(context: ExecutionContext) {
      const request = context.switchToHttp().getRequest();
      setAuditActor(request, { type: 'custom', id: request.headers['x-user'] });
      return true;
    }
  }
  const server = await openGuarded(NamingGuard);
  const create = (user: string) =>
    manage(
      server,
      'POST',
      organizations,
      { name: 'Acme' },
      { authorization: '', 'x-user': user, 'idempotency-key': 'k' },
    );
  const [ada, again, grace] = [await create('ada'), await create('ada'), await create('grace')];
  expect(again.body).toEqual(ada.body);
  expect(grace.body.id).not.toBe(ada.body.id);
});

test('a guard that cannot be made keeps the application from starting', async () => {
  await expect(openGuarded(SessionGuard, 'nowhere')).rejects.toThrow('SessionGuard');
});

describe('without the management API', () => {
  test('its routes are not there, and the OAuth endpoints and health are', async () => {
    const server = await openServer({ management: { enabled: false } });
    for (const { method, path } of listRoutes(server)) {
      if (/^\/(?:health|sso\/jwks)\//.test(path)) continue;
      const answer = await manage(
        server,
        method as 'GET',
        path.replace(':id', 'some'),
        method === 'POST' ? {} : undefined,
      );
      expect({ method, path, ...seen(answer) }).toEqual({
        method,
        path,
        status: 404,
        body: { message: 'Not found.', code: 'not_found' },
      });
    }

    const { organizations: directory, applications, clientSecrets } = server.app.get(AuthorizationServer).parts;
    const { id: organizationId } = await directory.create({ name: 'Acme' });
    const application = await applications.create({
      name: 'Warehouse',
      applicationType: 'm2m',
      isFirstParty: false,
      organizationId,
    });
    const { secret } = await clientSecrets.create(application);
    const form = { grant_type: 'client_credentials', client_id: application.clientId, client_secret: secret };
    expect((await post(server, '/oauth2/token', form)).status).toBe(200);
    for (const path of ['/health/ready', '/oauth2/jwks', '/.well-known/openid-configuration']) {
      expect((await get(server, path)).status).toBe(200);
    }
    await server.close();
  });
});
