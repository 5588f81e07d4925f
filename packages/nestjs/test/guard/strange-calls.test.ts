import { ConfigurationError, type Verifier } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ContextType } from '@nestjs/common';
import { ExternalContextCreator } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { ConnectAuthGuard, ConnectAuthModule, OptionalAuth, Public, RequireUser, requestOf } from '../../src/index.js';
import { answerOf, serverError } from '../answers.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { createNest, platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';
import { trust } from '../routes/start.js';

class Jobs {
  @RequireUser()
  run() {
    return 'ran';
  }

  silent() {}

  @OptionalAuth()
  optional() {}

  @Public()
  public() {}
}
const stranger = () => undefined;

let guard: ConnectAuthGuard;
let creator: ExternalContextCreator;
beforeAll(async () => {
  const app = await createNest('Express', { imports: [ConnectAuthModule.forRoot({ ...trust, global: true })] });
  await app.init();
  guard = app.get(ConnectAuthGuard);
  creator = app.get(ExternalContextCreator);
});

/** A call of a kind that nobody has told this package of. */
function contextOf(type: string, handler: object, args: unknown[] = [{ headers: {} }]) {
  const context = new ExecutionContextHost(args, Jobs, handler as never);
  context.setType(type as ContextType);
  return context;
}
const activate = async (context: ExecutionContextHost) => guard.canActivate(context);

test.each(['run', 'silent', 'optional'] as const)(
  'a context of a type that is not known is refused: %s',
  async (name) => {
    const unknown = new ConfigurationError(
      'ConnectAuthGuard',
      'knows no contexts of the type xyz: override getRequest()',
    );
    await expect(activate(contextOf('xyz', Jobs.prototype[name]))).rejects.toEqual(unknown);
    expect(() => requestOf(contextOf('xyz', Jobs.prototype[name]))).toThrow(unknown);
  },
);

test('where the route is public, whatever the type', async () => {
  expect(await activate(contextOf('xyz', Jobs.prototype.public))).toBe(true);
});

test.each([
  ['undefined', undefined],
  ['null', null],
  ['without headers', {}],
  ['whose headers are null', { headers: null }],
  ['whose headers are a text', { headers: 'authorization' }],
])('a request that is %s is refused, and is not taken for one without a token', async (_what, request) => {
  await expect(activate(contextOf('http', Jobs.prototype.optional, [request]))).rejects.toEqual(
    new ConfigurationError('ConnectAuthGuard', 'found no request with headers: override getRequest()'),
  );
});

test('a function that is no method of the class is refused', async () => {
  const refused = expect(activate(contextOf('http', stranger))).rejects;
  await refused.toMatchObject({
    name: 'ConfigurationError',
    message: expect.stringContaining('ConnectAuthGuard was asked about a function that is no method of Jobs'),
  });
});

test('a call that an own transport makes through ExternalContextCreator does not run', async () => {
  const jobs = new Jobs();
  const options = { guards: true, interceptors: true, filters: true };
  const call = creator.create(jobs, jobs.run, 'run', undefined, undefined, undefined, undefined, options, 'xyz');
  await expect(call({ headers: {} })).rejects.toBeInstanceOf(ConfigurationError);
});

describe.each(platforms)('%s: a verifier of somebody’s own making', (platform) => {
  const nothings = [undefined, null, {}, 'auth', [], { subject: 7 }];
  const ask = async (verifier: unknown) => {
    const nest = await openProjects(platform, { verifier: verifier as Verifier, global: true });
    return { ...nest, answer: answerOf(await nest.http.get('/projects').set(bearer('abc'))) };
  };

  test.each(nothings)('that resolves to %p lets nobody pass: 500', async (nothing) => {
    const { answer, reached, errors } = await ask({ verify: async () => nothing, recall: () => undefined });
    expect([answer, reached]).toEqual([serverError, []]);
    expect(errors).toEqual([new ConfigurationError('verifier', 'must resolve to an Auth, or reject')]);
  });

  test.each(nothings.slice(1))('that recalls %p lets nobody pass: 500', async (nothing) => {
    const { answer, reached, errors } = await ask({ verify: async () => undefined, recall: () => nothing });
    expect([answer, reached, errors]).toEqual([serverError, [], [expect.any(ConfigurationError)]]);
  });

  const broken = () => {
    throw new Error('broken');
  };
  test.each<[what: string, verifier: object]>([
    ['throws in verify', { verify: broken, recall: () => undefined }],
    ['rejects', { verify: async () => broken(), recall: () => undefined }],
    ['throws in recall', { verify: async () => undefined, recall: broken }],
    ['gives no promise', { verify: () => undefined, recall: () => undefined }],
  ])('that %s lets nobody pass: 500', async (_what, verifier) => {
    const { answer, reached } = await ask(verifier);
    expect([answer, reached]).toEqual([serverError, []]);
  });
});

test('a guard whose verifier belongs to another issuer accepts none of this one’s tokens', async () => {
  const [ours, theirs] = [await openIssuer(), await openIssuer({ issuer: 'https://theirs.test' })];
  const { http } = await openProjects('Express', { ...ours.trust(), global: true });
  await http.get('/projects').set(bearer(theirs.issuer.token())).expect(401);
});
