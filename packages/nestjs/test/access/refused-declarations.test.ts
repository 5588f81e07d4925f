import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import {
  OptionalAuth,
  Public,
  RequireAnyScope,
  RequireClient,
  RequireLive,
  RequireOrg,
  RequireScopes,
  RequireUser,
} from '../../src/index.js';

type Decorator = () => ClassDecorator & MethodDecorator;

/** By how they are written. */
const makers: Readonly<Record<string, Decorator>> = {
  '@Public()': Public,
  '@OptionalAuth()': OptionalAuth,
  '@RequireScopes()': () => RequireScopes('a'),
  '@RequireAnyScope()': () => RequireAnyScope('a'),
  '@RequireOrg()': RequireOrg,
  '@RequireUser()': RequireUser,
  '@RequireClient()': RequireClient,
  '@RequireLive()': RequireLive,
};
const all = Object.keys(makers);
const asking = all.slice(2);

/** Every two that cannot stand together; the first is applied first. */
const contradictions: (readonly [first: string, second: string])[] = [
  ...['@Public()', '@OptionalAuth()'].flatMap((open) => [
    ...asking.flatMap((asks) => [[open, asks] as const, [asks, open] as const]),
    [open, open] as const,
  ]),
  ['@Public()', '@OptionalAuth()'],
  ['@OptionalAuth()', '@Public()'],
  ['@RequireUser()', '@RequireClient()'],
  ['@RequireClient()', '@RequireUser()'],
];
const isContradiction = (one: string, other: string) =>
  contradictions.some(([first, second]) => first === one && second === other);
const harmonies = all.flatMap((one) =>
  all.filter((other) => !isContradiction(one, other)).map((other) => [one, other] as const),
);

const make = (name: string) => (makers[name] as Decorator)();

function declareOnHandler(first: string, second: string) {
  @Controller()
  class ProjectsController {
    @Get()
    @make(second)
    @make(first)
    list() {}
  }
  return ProjectsController;
}

function declareOnClass(first: string, second: string) {
  @Controller()
  @make(second)
  @make(first)
  class ProjectsController {}
  return ProjectsController;
}

const places = [
  ['a handler', declareOnHandler, 'ProjectsController.list'],
  ['a class', declareOnClass, 'ProjectsController'],
] as const;

describe.each(places)('on %s', (_place, declare, named) => {
  test.each(contradictions)('%s and then %s is refused where it is written', (first, second) => {
    expect(() => declare(first, second)).toThrow(ConfigurationError);
    expect(() => declare(first, second)).toThrow(
      `${second} contradicts ${first} on ${named}: only one of them can stand there`,
    );
  });

  test.each(harmonies)('%s and %s may stand together', (first, second) => {
    expect(declare(first, second)).toBeInstanceOf(Function);
  });
});

test('what stands on a class contradicts nothing on its handlers', () => {
  expect(() => {
    @Public()
    class ProjectsController {
      @RequireUser()
      mine() {}

      @RequireClient()
      theirs() {}

      @OptionalAuth()
      anybodys() {}
    }
    return ProjectsController;
  }).not.toThrow();
});

describe.each([
  ['RequireScopes', RequireScopes as (...scopes: unknown[]) => unknown],
  ['RequireAnyScope', RequireAnyScope as (...scopes: unknown[]) => unknown],
])('@%s() is refused where it is written, with', (name, decorate) => {
  test.each([
    ['no scope', [], 'needs at least one scope'],
    ['a list', [['a', 'b']], 'takes scopes one by one'],
    ['two scopes in one string', ['a b'], 'takes scopes one by one'],
    ['an empty string', [''], 'takes scopes one by one'],
    ['a quote', ['a"b'], 'takes scopes one by one'],
    ['a line break', ['a\r\nX: y'], 'takes scopes one by one'],
    ['undefined', [undefined], 'takes scopes one by one'],
    ['one that is none among good ones', ['a', null], 'takes scopes one by one'],
  ])('%s', (_what, scopes, problem) => {
    expect(() => decorate(...scopes)).toThrow(ConfigurationError);
    expect(() => decorate(...scopes)).toThrow(`${name[0]?.toLowerCase()}${name.slice(1)}() ${problem}`);
  });
});

describe.each(all)('%s on what is no method', (name) => {
  const decorate = make(name) as (...args: unknown[]) => void;

  test.each([
    ['a property', undefined],
    ['a getter', { get: () => 1 }],
    ['a field that holds a value', { value: 7 }],
  ])('%s: refused where it is written', (_what, descriptor) => {
    class ProjectsController {}
    expect(() => decorate(ProjectsController.prototype, 'list', descriptor)).toThrow(
      new ConfigurationError(name, 'stands on list: it is for classes and methods'),
    );
  });
});

test('on a static method, which never handles anything, each is refused where it is written', () => {
  const declare = (name: string) => {
    class ProjectsController {
      @make(name)
      static list() {}
    }
    return ProjectsController;
  };
  for (const name of all) expect(() => declare(name)).toThrow(ConfigurationError);
});
