import { ConfigurationError, findCurrentAuth, isAuthError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, type Type } from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core';
import { AuthException, RequireLive, RequireScopes } from '../../src/index.js';
import { answerOf, insufficientScope, invalidToken, issuerUnavailable, missingToken, serverError } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { type NestSetup, platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';

const caught: { exception: unknown; caller: unknown }[] = [];
const lastCaught = () => caught.at(-1)?.exception as AuthException;

/** Answers in words of the application's own, and touches no header. */
abstract class OwnWords implements ExceptionFilter {
  constructor(private readonly host: Pick<HttpAdapterHost, 'httpAdapter'>) {}

  catch(exception: unknown, host: ArgumentsHost) {
    caught.push({ exception, caller: findCurrentAuth() });
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    const { httpAdapter } = this.host;
    httpAdapter.reply(host.switchToHttp().getResponse(), { own: status }, status);
  }
}
@Catch(HttpException)
class HttpFilter extends OwnWords {}
@Catch()
class EveryFilter extends OwnWords {}
@Catch(AuthException)
class AuthFilter extends OwnWords {}

type FilterType = Type<ExceptionFilter>;
const ways: readonly (readonly [name: string, setup: (filter: FilterType) => NestSetup])[] = [
  [
    'APP_FILTER',
    (filter) => ({
      providers: [
        { provide: APP_FILTER, inject: [HttpAdapterHost], useFactory: (host: HttpAdapterHost) => new filter(host) },
      ],
    }),
  ],
  ['useGlobalFilters', (filter) => ({ prepare: (app) => app.useGlobalFilters(new filter(app.get(HttpAdapterHost))) })],
];
const filters = [HttpFilter, EveryFilter, AuthFilter];
const table = ways.flatMap(([way, setup]) => filters.map((filter) => [way, filter, setup(filter)] as const));

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  test.each(table)('%s, %p: gets the exception, and its answer has the headers of the challenge', async (...row) => {
    const [, , setup] = row;
    const { issuer, trust } = world;
    const declared = { onHandler: [RequireScopes('admin')] };
    const { http, reached } = await openProjects(platform, trust(), declared, setup);
    const cases = [
      ['missing', {}, missingToken],
      ['bad_signature', bearer(issuer.flaws.badSignature()), invalidToken],
      ['scope', bearer(issuer.token()), insufficientScope('admin')],
    ] as const;
    for (const [reason, headers, expected] of cases) {
      caught.length = 0;
      const answer = answerOf(await http.get('/projects').set(headers));
      expect(answer).toEqual({
        ...expected,
        contentType: expect.stringContaining('json'),
        body: { own: expected.status },
      });
      expect(caught).toEqual([{ exception: expect.any(AuthException), caller: undefined }]);
      const { authError, challenge } = lastCaught();
      expect([isAuthError(authError), authError.reason, challenge.status]).toEqual([true, reason, expected.status]);
    }
    expect(reached).toEqual([]);
  });

  test('Retry-After is on the answer of an own filter as well', async () => {
    const { issuer, trust } = await openIssuer();
    issuer.fail('all', 'error500');
    const setup = ways[0]?.[1](HttpFilter);
    const { http } = await openProjects(platform, { ...trust(), global: true }, {}, setup);
    const { status, retryAfter, challenge, cacheControl } = answerOf(
      await http.get('/projects').set(bearer(issuer.token())),
    );
    const expected = issuerUnavailable('1');
    expect({ status, retryAfter, challenge, cacheControl }).toEqual({
      status: expected.status,
      retryAfter: expected.retryAfter,
      challenge: undefined,
      cacheControl: 'no-store',
    });
  });

  test('a ConfigurationError is no HttpException: filters for those do not get it, and Nest answers 500 and nothing of it', async () => {
    const { issuer, trustKeysOnly } = await openIssuer();
    const declared = { onHandler: [RequireLive()] };
    const token = bearer(issuer.token());
    const plain = await openProjects(platform, trustKeysOnly(), declared);
    expect(answerOf(await plain.http.get('/projects').set(token))).toEqual(serverError);
    caught.length = 0;
    const { http } = await openProjects(platform, trustKeysOnly(), declared, ways[0]?.[1](HttpFilter));
    expect(answerOf(await http.get('/projects').set(token))).toEqual(serverError);
    expect(caught).toEqual([]);
    expect(plain.errors).toEqual([expect.any(ConfigurationError)]);
  });
});
