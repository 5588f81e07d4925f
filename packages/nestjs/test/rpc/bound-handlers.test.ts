import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { Controller, type Type } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { RequireScopes } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { internalError } from '../ws/message-errors.js';
import { openMicroservice, withToken } from './open-microservice.js';

let reached = 0;

class Projects {
  @MessagePattern('list') @RequireScopes('a') list() {
    reached += 1;
  }
}

@Controller()
class BoundController extends Projects {
  constructor() {
    super();
    this.list = this.list.bind(this);
  }
}

@Controller()
class ShadowedController extends Projects {
  constructor() {
    super();
    this.list = () => {
      reached += 1;
    };
  }
}

describe.each([true, false])('global: %p', (global) => {
  test.each<[string, Type]>([
    ['is bound in the constructor', BoundController],
    ['stands behind a property of its controller', ShadowedController],
  ])('a handler of messages that %s lets nobody in', async (_what, controller) => {
    reached = 0;
    const { issuer, trust } = await openIssuer();
    const { send, errors } = await openMicroservice({ ...trust(), global }, controller);
    for (const scopes of [undefined, [], ['a']]) {
      const token = scopes && issuer.token({ scopes });
      expect(await send('list', withToken(token))).toEqual({ error: internalError });
    }
    expect(reached).toBe(0);
    expect(errors).toEqual(Array(3).fill(expect.any(ConfigurationError)));
  });
});
