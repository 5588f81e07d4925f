import { runInFrame, runWithAuth, runWithoutAuth } from '@connect-auth/core/adapter';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import { recordOfCall } from '../request/record-of.js';

/**
 * Runs a handler as the caller whom the guard admitted with its message. The module adds it to the handlers of
 * gateways, microservices and GraphQL, all of which may be reached over a socket; over HTTP it would cost an eighth of
 * a route's throughput.
 */
export class MessageFrameInterceptor implements NestInterceptor {
  /** @param withNobody resolves a GraphQL field for which no guard has admitted a caller */
  constructor(private readonly withNobody: <Result>(action: () => Result) => Result = runWithoutAuth) {}

  intercept(context: ExecutionContext, next: CallHandler): ReturnType<CallHandler['handle']> {
    // A message handler may also serve an HTTP route, which already runs in a frame.
    if (context.getType() === 'http') return next.handle();
    const record = recordOfCall(context);
    // Subscribe inside the frame: an Observable that the handler returns does its work only on subscription.
    return new Observable((subscriber) => {
      const handle = () => next.handle().subscribe(subscriber);
      if (context.getType<string>() !== 'graphql') return runInFrame(record, handle);
      return record.caller === undefined ? this.withNobody(handle) : runWithAuth(record.caller, handle);
    });
  }
}
