import { inspect } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  type ExecutionContext,
  HttpException,
  Inject,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { AuthException, RequireScopes } from '../../src/index.js';
import { insufficientScope } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { type NestSetup, platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';

let caught: AuthException;

@Catch(AuthException)
class Keeper extends BaseExceptionFilter {
  override catch(exception: AuthException, host: ArgumentsHost) {
    caught = exception;
    super.catch(exception, host);
  }
}
const keeping: NestSetup = { prepare: (app) => app.useGlobalFilters(new Keeper(app.getHttpAdapter())) };

@Injectable()
class AnsweringGuard implements CanActivate {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  canActivate(context: ExecutionContext) {
    this.host.httpAdapter.reply(context.switchToHttp().getResponse(), { own: true }, 202);
    return true;
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  test('an exception is an HttpException with the problem as its response, and the core’s error as its cause', async () => {
    const declared = { onHandler: [RequireScopes('admin')] };
    const { http } = await openProjects(platform, world.trust(), declared, keeping);
    await http.get('/projects').set(bearer(world.issuer.token()));
    const exception = caught;
    const expected = insufficientScope('admin');
    expect(exception).toBeInstanceOf(HttpException);
    expect([exception.name, exception.getStatus(), exception.getResponse()]).toEqual([
      'AuthException',
      403,
      expected.body,
    ]);
    expect(exception.message).toBe('The access token was not granted the scope that this resource requires');
    expect(exception.cause).toBe(exception.authError);
    expect(exception.challenge.headers['WWW-Authenticate']).toBe(expected.challenge);
    expect(exception.extensions).toEqual({
      code: 'FORBIDDEN',
      status: 403,
      error: 'insufficient_scope',
      challenge: expected.challenge,
    });
  });

  test.each(['expired', 'badSignature', 'wrongAudience', 'unknownKey', 'garbage', 'unsigned', 'idToken'] as const)(
    'nothing of an exception for a token that is %s tells of the token or its claims',
    async (flaw) => {
      const { http } = await openProjects(platform, { ...world.trust(), global: true }, {}, keeping);
      const token = world.issuer.flaws[flaw]();
      await http.get('/projects').set(bearer(token));
      const exception = caught;
      const texts = [
        exception.message,
        exception.stack,
        JSON.stringify(exception),
        JSON.stringify(exception.authError),
        inspect(exception, { depth: 10, showHidden: true }),
      ].join('\n');
      for (const secret of [token, ...token.split('.'), world.issuer.client.clientSecret, world.issuer.client.orgId]) {
        if (secret !== '') expect(texts).not.toContain(secret);
      }
    },
  );

  test('where a guard before ours has answered already, its answer stands, and the exception is the same', async () => {
    const declared = { onClass: [UseGuards(AnsweringGuard)], onHandler: [RequireScopes('admin')] };
    const { http, reached } = await openProjects(platform, world.trust(), declared, keeping);
    caught = undefined as never;
    const { status, body, headers } = await http.get('/projects');
    expect([status, body, headers['www-authenticate']]).toEqual([202, { own: true }, undefined]);
    expect([caught, reached]).toEqual([expect.any(AuthException), []]);
  });
});
