import { type OrgLeakError } from '@connect-auth/isolation';
import { leakProblem, leakProblemHeaders } from '@connect-auth/isolation/adapter';
import { type ExecutionContext, HttpException } from '@nestjs/common';
import { setHeaders } from '../answer/set-headers.js';
import { recordOfCall } from '../request/record-of.js';
import { removeHeadersSince } from './response-headers.js';

/**
 * Prepares the response for the answer that replaces a leaking one, and returns the exception that produces that
 * answer.
 */
export function leakException(
  error: OrgLeakError,
  context: ExecutionContext,
  earlier: ReadonlySet<string> | undefined,
): HttpException {
  const http = context.switchToHttp();
  recordOfCall(context).refusal = error;
  if (earlier !== undefined) removeHeadersSince(earlier, context);
  setHeaders(http.getResponse(), { status: leakProblem.status, headers: leakProblemHeaders, body: leakProblem });
  return new HttpException({ ...leakProblem }, leakProblem.status, { cause: error });
}
