import { type Auth, ConfigurationError } from '@connect-auth/core';
import { admitCaller, findRecord, requireFrameOf } from '@connect-auth/core/adapter';
import type { ExecutionContext } from '@nestjs/common';
import { recordOfCall } from '../request/record-of.js';

/**
 * Makes `auth` the caller of what comes after the guard; undefined makes nobody the caller. Around an HTTP request a
 * frame is open already. Messages have none: `MessageFrameInterceptor` opens that of their record.
 *
 * @throws ConfigurationError if the frame is another request's, or the request is another caller's already
 */
export function admit(context: ExecutionContext, auth: Auth | undefined): void {
  const record = recordOfCall(context);
  if (context.getType() === 'http') requireFrameOf(record);
  else if (context.getType<string>() === 'graphql' && auth !== undefined) admitField(auth);
  admitCaller(record, auth);
}

/**
 * The fields of one GraphQL request share its frame and its token: those without a guard are resolved as whoever was let
 * in, and a public one must not take the caller from the others.
 */
function admitField(auth: Auth): void {
  const record = findRecord();
  if (record === undefined) return;
  if (record.caller !== undefined && record.caller.token !== auth.token) {
    throw new ConfigurationError(
      'ConnectAuthGuard',
      'found two tokens in one GraphQL request: its fields would mix them up',
    );
  }
  admitCaller(record, auth);
}
