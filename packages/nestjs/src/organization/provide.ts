import { Scope, type Type } from '@nestjs/common';
import { ContextIdFactory, type ModuleRef } from '@nestjs/core';
import { REQUEST_CONTEXT_ID } from '@nestjs/core/router/request/request-constants.js';

/**
 * Returns a provider of the application, whichever module provides it. If it is made for each request, returns the one
 * of this request.
 */
export async function provide<Provider>(modules: ModuleRef, type: Type<Provider>, request: object): Promise<Provider> {
  if (modules.introspect(type).scope === Scope.DEFAULT) return modules.get(type, { strict: false });
  const contextId = ContextIdFactory.getByRequest(request);
  if (!Object.hasOwn(request, REQUEST_CONTEXT_ID)) {
    // As Nest does for the controller, which is made later and finds this id.
    Object.defineProperty(request, REQUEST_CONTEXT_ID, { value: contextId, configurable: true });
    modules.registerRequestByContextId(request, contextId);
  }
  return modules.resolve(type, contextId, { strict: false });
}
