import { UseInterceptors } from '@nestjs/common';
import { INTERCEPTORS_METADATA } from '@nestjs/common/constants.js';
import type { Route, RouteKind } from '../routes/route.js';
import { keepHandledRequests } from './handled-request.js';
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

const resolved: ReadonlySet<RouteKind> = new Set(['graphql', 'subscription', 'field']);

/** Puts the frame around handlers that are not reached by HTTP alone. Before Nest binds them; once for each. */
export function frameMessages(routes: readonly Route[]): void {
  if (routes.some(({ kind }) => resolved.has(kind))) keepHandledRequests();
  for (const { type, name, kind } of routes) {
    const method: object = type.prototype[name];
    const present: readonly unknown[] = Reflect.getMetadata(INTERCEPTORS_METADATA, method) ?? [];
    const interceptor = interceptors[kind];
    if (interceptor === undefined || present.includes(interceptor)) continue;
    UseInterceptors(interceptor)(type.prototype, name, { value: method });
  }
}
