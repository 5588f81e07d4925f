import { keepRefusal, leakProblem, leakProblemHeaders, type OrgLeakError } from '@connect-auth/isolation';
import { type ExecutionContext, HttpException } from '@nestjs/common';
import { setHeaders } from '../answer/set-headers.js';
import { rawRequest } from '../request/http-request.js';
import { removeHeadersSince } from './response-headers.js';

/** Prepares the response for the answer that takes the place of a leaking one, and gives the exception that makes it. */
export function leakException(
  error: OrgLeakError,
  context: ExecutionContext,
  earlier: ReadonlySet<string> | undefined,
): HttpException {
  const http = context.switchToHttp();
  keepRefusal(rawRequest(http.getRequest<object>()), error);
  if (earlier !== undefined) removeHeadersSince(earlier, context);
  setHeaders(http.getResponse(), { status: leakProblem.status, headers: leakProblemHeaders, body: leakProblem });
  return new HttpException({ ...leakProblem }, leakProblem.status, { cause: error });
}
