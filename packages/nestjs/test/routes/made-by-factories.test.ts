import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Provider, Type } from '@nestjs/common';
import { Mutation, Query, Resolver } from '@nestjs/graphql';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { Public, RequireUser } from '../../src/index.js';
import { faultOf, starters } from './start.js';

@Resolver()
class OpenResolver {
  @Query(() => String) list() {}
}

@Resolver()
class OpenMutationResolver {
  @Mutation(() => String) add() {}
}

@Resolver()
class DecidedResolver {
  @Query(() => String) @Public() list() {}
}

@WebSocketGateway()
class OpenGateway {
  @SubscribeMessage('list') list() {}
}

/** It asks for something that nobody would see to. */
class IdleService {
  @RequireUser() list() {}
}

/** It is made after everything else. */
async function makeSlowly(type: Type): Promise<unknown> {
  for (let at = 0; at < 20; at += 1) await setImmediate();
  return new type();
}

const ways: Record<string, (type: Type) => Provider> = {
  useFactory: (type) => ({ provide: type, useFactory: () => new type() }),
  'a slow useFactory': (type) => ({ provide: 'name', useFactory: () => makeSlowly(type) }),
  useValue: (type) => ({ provide: type, useValue: new type() }),
};

const undecided = (place: string) => expect.stringContaining(`neither protected nor public: ${place}. Put`);

describe.each(starters)('%s', (_starter, start) => {
  describe.each(Object.entries(ways))('what comes from %s', (_way, provide) => {
    test.each([
      [OpenResolver, undecided('OpenResolver.list (graphql)')],
      [OpenMutationResolver, undecided('OpenMutationResolver.add (graphql)')],
      [OpenGateway, undecided('OpenGateway.list (ws)')],
      [DecidedResolver, undefined],
    ])('%p is checked as what Nest makes itself', async (type, fault) => {
      expect(await faultOf(start({ checkRoutes: true }, { providers: [provide(type)] }))).toEqual(fault);
    });

    test('may not ask for what nobody sees to', async () => {
      const fault = await faultOf(start({}, { providers: [provide(IdleService)] }));
      expect(fault).toContain('@RequireUser() on IdleService.list protects nothing');
    });
  });
});
