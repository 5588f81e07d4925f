import 'reflect-metadata';
import { INTERCEPTORS_METADATA } from '@nestjs/common/constants.js';
import type { Route, RouteKind } from '../routes/route.js';
import { MessageFrameInterceptor } from './message-frame.interceptor.js';

/** They keep nothing, so that one of each serves every application of the process. */
const ofMessage = new MessageFrameInterceptor();
/** A field without a guard is resolved as whoever the query was let in for. */
const ofField = new MessageFrameInterceptor((action) => action());

const interceptors: Readonly<Partial<Record<RouteKind, MessageFrameInterceptor>>> = {
  ws: ofMessage,
  rpc: ofMessage,
  graphql: ofMessage,
  subscription: ofMessage,
  field: ofField,
};

/** Puts the frame around handlers that are not reached by HTTP alone. Before Nest binds them; once for each. */
export function frameMessages(routes: readonly Route[]): void {
  for (const { method, kind } of routes) {
    const present: readonly unknown[] = Reflect.getMetadata(INTERCEPTORS_METADATA, method) ?? [];
    const interceptor = interceptors[kind];
    if (interceptor === undefined || present.includes(interceptor)) continue;
    // In front of the others on the method, which may want to know the caller, too.
    Reflect.defineMetadata(INTERCEPTORS_METADATA, [interceptor, ...present], method);
  }
}
