import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, type Type } from '@nestjs/common';
import { ConnectAuthModule, RequireOrg, RequireScopes } from '../../src/index.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';
import { type Caller, whoPasses, withA } from './callers.js';

const membersWithA: readonly Caller[] = ['a', 'ab', 'user'];

class Listing {
  @Get()
  @RequireScopes('a')
  list() {}
}

/** A decorator for tracing, say: what was said about the function that it wraps is known under its name alone. */
const traced: MethodDecorator = (_target, _name, descriptor: PropertyDescriptor) => {
  const { value } = descriptor;
  descriptor.value = function traced(this: unknown, ...args: unknown[]) {
    return value.apply(this, args);
  };
};

class TracedListing {
  @Get()
  @traced
  @RequireScopes('a')
  list() {}
}

/** Gives a class the methods of another, as the TypeScript handbook does for mixins. */
function lend(type: Type, lender: Type, name = 'list'): Type {
  const method = Object.getOwnPropertyDescriptor(lender.prototype, 'list') as PropertyDescriptor;
  Object.defineProperty(type.prototype, name, method);
  return type;
}

/** A class that has one function under two names, and puts decorators on it under each. */
function withTwoNames(declared: Readonly<Record<string, readonly MethodDecorator[]>>): Type {
  class Aliased {}
  const descriptor = { value: function list() {}, configurable: true, writable: true };
  for (const [name, decorators] of Object.entries(declared)) {
    Object.defineProperty(Aliased.prototype, name, descriptor);
    for (const decorate of decorators) decorate(Aliased.prototype, name, descriptor);
  }
  return Aliased;
}

function ofOrg(type: Type): Type {
  RequireOrg()(type);
  return type;
}

type Row = [name: string, make: () => Type, passes: readonly Caller[]];

const rows: Row[] = [
  ['a handler that comes from a mixin', () => lend(class {}, Listing), withA],
  ['the same under another name', () => lend(class {}, Listing, 'another'), withA],
  ['a handler from a mixin, in a class that asks', () => lend(ofOrg(class {}), Listing), membersWithA],
  [
    'a second name in a class that overrides it',
    () =>
      lend(
        class extends Listing {
          override list() {}
        },
        Listing,
        'another',
      ),
    withA,
  ],
];

/** Nest binds the function under either name, and Fastify takes no route twice. */
const twiceBound: Row[] = [
  [
    'a second name for a handler that was wrapped',
    () => lend(class extends TracedListing {}, TracedListing, 'another'),
    withA,
  ],
  ['a second name in a class that inherits it', () => lend(class extends Listing {}, Listing, 'another'), withA],
  [
    'routed under its first name, asking under its second',
    () => withTwoNames({ a: [Get()], b: [RequireScopes('a')] }),
    withA,
  ],
  [
    'asking under its first name, routed under its second',
    () => withTwoNames({ a: [RequireScopes('a')], b: [Get()] }),
    withA,
  ],
  [
    'asking something else under each name',
    () => withTwoNames({ a: [Get(), RequireScopes('a')], b: [RequireOrg()] }),
    membersWithA,
  ],
];

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  describe.each([true, false])('global: %p', (global) => {
    test.each(platform === 'Express' ? [...rows, ...twiceBound] : rows)(
      '%s asks what was declared about it',
      async (_name, make, passes) => {
        const controller = make();
        Controller('borrowed')(controller);
        const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global })];
        const { http } = await openNest(platform, { imports, controllers: [controller] });
        expect(await whoPasses(http, '/borrowed', world)).toEqual(passes);
      },
    );
  });
});
