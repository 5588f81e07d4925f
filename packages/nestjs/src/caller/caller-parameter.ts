import { type Auth, ConfigurationError, findCurrentAuth, isAuthError } from '@connect-auth/core';
import type { AccessRule } from '@connect-auth/core/adapter';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { addNeed } from '../access/access-declaration.js';
import { policyOf } from '../access/access-policy.js';
import { exceptionFor } from '../answer/exception-for.js';
import { recordOfCall, recordOfRequest } from '../request/record-of.js';

interface CallerParameter<Value> {
  /** The decorator as it is written in code: `@OrgId()` */
  readonly call: string;
  /** Requirement that the caller must meet for a value to exist; the guard enforces it before the handler runs. */
  readonly rule?: AccessRule;
  /** Whether callers without a token get a value too: `undefined`. */
  readonly takesNobody?: boolean;
  readonly read: (auth: Auth) => Value;
}

/**
 * Makes a parameter decorator that reads from the verified caller. On a route without a guard of this package it
 * throws, because no value could be right.
 */
export function callerParameter<Value>({ read, ...need }: CallerParameter<Value>): () => ParameterDecorator {
  const readOrRefuse = (auth: Auth, context: ExecutionContext): Value | Promise<never> => {
    try {
      need.rule?.(auth);
      return read(auth);
    } catch (error) {
      return refuse(error, context);
    }
  };
  const factory = (_data: unknown, context: ExecutionContext): Value | undefined | Promise<never> => {
    const auth = callerOf(context);
    if (auth !== undefined) return readOrRefuse(auth, context);
    if (need.takesNobody === true && policyOf(context.getClass(), context.getHandler()).mode === 'optional') {
      return undefined;
    }
    const place = `${context.getClass().name}.${context.getHandler().name}`;
    throw new ConfigurationError(need.call, `on ${place} has no verified caller to tell of: guard the route`);
  };
  const declare = (prototype: object, name: string | symbol | undefined): void =>
    addNeed(need, prototype, String(name));
  return createParamDecorator(factory, [declare]);
}

/**
 * Returns the caller of this very request: a route without a guard may run inside another request, with that one's
 * caller.
 */
const callerOf = (context: ExecutionContext): Auth | undefined =>
  context.getType() === 'http' ? recordOfCall(context).caller : findCurrentAuth();

/**
 * Refuses a caller who lacks what the parameter needs. Behind a guard of another kind, such as `AuthGuard('connect')`,
 * nothing has checked that yet.
 */
async function refuse(error: unknown, context: ExecutionContext): Promise<never> {
  throw isAuthError(error)
    ? await exceptionFor(error, context, recordOfRequest(context).protection?.challenge ?? {})
    : error;
}
