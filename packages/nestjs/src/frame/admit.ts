import { type Auth, ConfigurationError } from '@connect-auth/core';
import { admitCaller, findRecord, requireFrameOf } from '@connect-auth/core/adapter';
import type { ExecutionContext } from '@nestjs/common';
import { recordOfCall } from '../request/record-of.js';

/**
 * Makes `auth` the caller of everything that follows the guard; undefined means that there is no caller. An HTTP
 * request already runs in a frame. A message does not: `MessageFrameInterceptor` opens the frame of its record.
 *
 * @throws ConfigurationError if the frame belongs to another request, or the request already has another caller
 */
export function admit(context: ExecutionContext, auth: Auth | undefined): void {
  const record = recordOfCall(context);
  if (context.getType() === 'http') requireFrameOf(record);
  else if (context.getType<string>() === 'graphql' && auth !== undefined) admitField(auth);
  admitCaller(record, auth);
}

/**
 * Makes `auth` the caller of a GraphQL request, whose fields share one frame and one token: fields without a guard are
 * resolved as this caller, and a public field must not take the caller away from the others.
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
