import 'reflect-metadata';
import { INTERCEPTORS_METADATA } from '@nestjs/common/constants.js';
import type { Route, RouteKind } from '../routes/route.js';
import { MessageFrameInterceptor } from './message-frame.interceptor.js';

/** Stateless, so that one of each serves every application of the process. */
const ofMessage = new MessageFrameInterceptor();
/** Resolves a field without a guard as the caller whom the query was admitted for. */
const ofField = new MessageFrameInterceptor((action) => action());

const interceptors: Readonly<Partial<Record<RouteKind, MessageFrameInterceptor>>> = {
  ws: ofMessage,
  rpc: ofMessage,
  graphql: ofMessage,
  subscription: ofMessage,
  field: ofField,
};

/** Puts the frame around handlers that can be reached by more than HTTP. Runs before Nest binds them, once for each. */
export function frameMessages(routes: readonly Route[]): void {
  for (const { method, kind } of routes) {
    const present: readonly unknown[] = Reflect.getMetadata(INTERCEPTORS_METADATA, method) ?? [];
    const interceptor = interceptors[kind];
    if (interceptor === undefined || present.includes(interceptor)) continue;
    // First, because the method's other interceptors may also need the caller.
    Reflect.defineMetadata(INTERCEPTORS_METADATA, [interceptor, ...present], method);
  }
}
