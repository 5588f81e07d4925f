import { Controller, Get, type Type, UseGuards } from '@nestjs/common';
import { ConnectAuthGuard, OptionalAuth, Public, RequireOrg, RequireScopes, RequireUser } from '../../src/index.js';

export const guard = UseGuards(ConnectAuthGuard);

@RequireOrg()
export class OrgBase {
  @Get()
  @RequireScopes('a')
  list() {}
}
export class ScopesBase {
  @Get()
  @RequireScopes('a')
  list() {}
}
export class UserBase {
  @Get()
  @RequireUser()
  @RequireScopes('a')
  list() {}
}
export class OpenBase {
  @Get()
  @Public()
  list() {}
}
export class OptionalBase {
  @Get()
  @OptionalAuth()
  list() {}
}
@Public()
export class PublicBase {
  @Get()
  list() {}
}
@guard
export class GuardedBase {
  @Get()
  list() {}
}
@RequireScopes('a')
export class ClassScopesBase {
  @Get()
  list() {}
}

/** A controller at /x that extends the base; with `override`, a handler of its own with these decorators. */
export function extend(base: Type, onClass: readonly ClassDecorator[], override?: readonly MethodDecorator[]): Type {
  class Sub extends base {}
  if (override !== undefined) {
    const list = { value: function list() {}, configurable: true, writable: true };
    Object.defineProperty(Sub.prototype, 'list', list);
    for (const decorate of [...override, Get()]) decorate(Sub.prototype, 'list', list);
  }
  for (const decorate of [...onClass, Controller('x')]) decorate(Sub);
  return Sub;
}
