import { runInFrame, runWithAuth, runWithoutAuth } from '@connect-auth/core/adapter';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import { recordOfCall } from '../request/record-of.js';

/**
 * Runs a handler as the caller that the guard let in with its message. The module puts it on the handlers of gateways,
 * microservices and GraphQL, which may all be reached over a socket; over HTTP it would cost an eighth of a route's
 * throughput.
 */
export class MessageFrameInterceptor implements NestInterceptor {
  /** @param withNobody how a GraphQL field is resolved where no guard let anybody in */
  constructor(private readonly withNobody: <Result>(action: () => Result) => Result = runWithoutAuth) {}

  intercept(context: ExecutionContext, next: CallHandler): ReturnType<CallHandler['handle']> {
    // A handler of messages may be one of a route, too, around which a frame is open.
    if (context.getType() === 'http') return next.handle();
    const record = recordOfCall(context);
    // Subscribed to in the frame: an Observable that the handler returns does its work only then.
    return new Observable((subscriber) => {
      const handle = () => next.handle().subscribe(subscriber);
      if (context.getType<string>() !== 'graphql') return runInFrame(record, handle);
      return record.caller === undefined ? this.withNobody(handle) : runWithAuth(record.caller, handle);
    });
  }
}
