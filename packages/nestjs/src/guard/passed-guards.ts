import type { Auth } from '@connect-auth/core';
import type { Protection } from '@connect-auth/core/adapter';
import type { ExecutionContext } from '@nestjs/common';
import { recordOfCall } from '../request/record-of.js';

/**
 * Whether the same guard has already admitted this call: it may stand on the method, on its class and before the whole
 * application, but one call is checked once. A guard of another class or module is another guard. So is any guard that
 * runs after something in between has changed the caller.
 */
export function hasPassed(guard: object, { verifier, challenge }: Protection, context: ExecutionContext): boolean {
  const { passed, caller } = recordOfCall(context);
  return (
    passed !== undefined &&
    passed.handler === context.getHandler() &&
    passed.type === context.getClass() &&
    passed.guard === guard.constructor &&
    passed.verifier === verifier &&
    passed.challenge === challenge &&
    passed.auth === caller
  );
}

/** Remembers that a guard has admitted a call. */
export function keepPassed(
  guard: object,
  { verifier, challenge }: Protection,
  context: ExecutionContext,
  auth: Auth,
): true {
  const [handler, type] = [context.getHandler(), context.getClass()];
  recordOfCall(context).passed = { handler, type, guard: guard.constructor, verifier, challenge, auth };
  return true;
}
