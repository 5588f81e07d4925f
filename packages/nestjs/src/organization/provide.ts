import { Scope, type Type } from '@nestjs/common';
import { ContextIdFactory, type ModuleRef } from '@nestjs/core';
import { REQUEST_CONTEXT_ID } from '@nestjs/core/router/request/request-constants.js';

/** A provider of the application, wherever it is provided. One that is made for each request is that of this request. */
export async function provide<Provider>(modules: ModuleRef, type: Type<Provider>, request: object): Promise<Provider> {
  if (modules.introspect(type).scope === Scope.DEFAULT) return modules.get(type, { strict: false });
  const contextId = ContextIdFactory.getByRequest(request);
  if (!Object.hasOwn(request, REQUEST_CONTEXT_ID)) {
    // As Nest does for the controller, which comes later and finds it.
    Object.defineProperty(request, REQUEST_CONTEXT_ID, { value: contextId, configurable: true });
    modules.registerRequestByContextId(request, contextId);
  }
  return modules.resolve(type, contextId, { strict: false });
}
