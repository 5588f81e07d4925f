import type { AuthError } from './auth-error.js';
import { quoteParameter } from './quote-parameter.js';

/** The parameters of every challenge of this resource server. */
export interface ChallengeOptions {
  /** The protection space (RFC 9110 §11.5). Default: `api`. */
  readonly realm?: string;
  /** The URL of the protected resource metadata (RFC 9728 §5.1). Default: none. */
  readonly resourceMetadata?: string;
}

/** An HTTP response that any framework can send. */
export interface Challenge {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

/** The body, as `application/problem+json` (RFC 9457 §3), with the members that OAuth clients look for. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly error?: string;
  readonly error_description?: string;
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  503: 'Service Unavailable',
};

/**
 * Stage 8: turns an error into the response for its caller. The only place that builds `WWW-Authenticate`.
 *
 * @throws ConfigurationError if the realm or the metadata URL is not allowed in a header
 */
export function toChallenge(error: AuthError, settings: ChallengeOptions = {}): Challenge {
  const { status, description: detail } = error;
  const problem = { type: 'about:blank', title: titles[status] ?? 'Error', status, detail } as const;
  const body = error.error === undefined ? problem : { ...problem, error: error.error, error_description: detail };
  return { status, headers: headersOf(error, settings), body };
}

function headersOf(error: AuthError, settings: ChallengeOptions): Record<string, string> {
  const headers: Record<string, string> = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'no-store',
  };
  if (error.retryAfterSeconds !== undefined) {
    headers['Retry-After'] = String(error.retryAfterSeconds);
  } else if (error.status === 401 || error.error !== undefined) {
    headers['WWW-Authenticate'] = wwwAuthenticate(error, settings);
  }
  return headers;
}

/** RFC 6750 §3, RFC 9728 §5.1: `Bearer` and at least one parameter, each at most once. */
function wwwAuthenticate(error: AuthError, settings: ChallengeOptions): string {
  const parameters = [quoteParameter('realm', settings.realm ?? 'api')];
  if (error.error !== undefined) {
    parameters.push(quoteParameter('error', error.error), quoteParameter('error_description', error.description));
  }
  if (error.requiredScopes !== undefined && error.requiredScopes.length > 0) {
    parameters.push(quoteParameter('scope', error.requiredScopes.join(' ')));
  }
  if (settings.resourceMetadata !== undefined) {
    parameters.push(quoteParameter('resource_metadata', settings.resourceMetadata));
  }
  return `Bearer ${parameters.join(', ')}`;
}
