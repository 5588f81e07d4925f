import type { AuditTrail } from '@connect-auth/audit';
import type { Auth } from '@connect-auth/core';
import type { RequestRecord } from '@connect-auth/core/adapter';
import type { ExecutionContext, Type } from '@nestjs/common';

/** A request of Express or Fastify, after body parsers and routing. */
export interface RoutedRequest {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: unknown;
  body?: unknown;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A call that the guard has admitted so far. */
export interface GuardedCall {
  readonly context: ExecutionContext;
  readonly request: RoutedRequest;
  readonly record: RequestRecord;
  readonly audit: AuditTrail | undefined;
  /** Returns a provider of the application, whichever module provides it. */
  resolve<Provider>(type: Type<Provider>, request: object): Promise<Provider>;
}

/** Checks something in the request against its caller; throws the error that refuses the request. */
export type RequestCheck = (auth: Auth, call: GuardedCall) => void | Promise<void>;
