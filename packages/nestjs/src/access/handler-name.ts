import { ConfigurationError } from '@connect-auth/core';
import type { Type } from '@nestjs/common';
import { classChain } from './access-levels.js';

/**
 * Under which name a class has the function that is about to run.
 *
 * @throws ConfigurationError if it has it under none: what the function requires cannot be told then
 */
export function nameOfHandler(type: Type, handler: object): string {
  for (const { prototype } of classChain(type)) {
    const name = Object.getOwnPropertyNames(prototype).find((each) => memberOf(prototype, each) === handler);
    if (name !== undefined) return name;
  }
  throw new ConfigurationError('ConnectAuthGuard', `was asked about a function that is no method of ${type.name}`);
}

/** Without running a getter. */
const memberOf = (prototype: object, name: string): unknown => Object.getOwnPropertyDescriptor(prototype, name)?.value;
