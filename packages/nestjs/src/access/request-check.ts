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

/** A call that a guard has let in so far. */
export interface GuardedCall {
  readonly context: ExecutionContext;
  readonly request: RoutedRequest;
  readonly record: RequestRecord;
  readonly audit: AuditTrail | undefined;
  /** A provider of the application, wherever it is provided. */
  resolve<Provider>(type: Type<Provider>, request: object): Promise<Provider>;
}

/** Holds something of the request against its caller; throws the error that refuses it. */
export type RequestCheck = (auth: Auth, call: GuardedCall) => void | Promise<void>;
