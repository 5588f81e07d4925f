import { type HttpResponse, jsonResponse } from '../transport/http-message.js';

type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope';

/** An endpoint's refusal of a request, answered as RFC 6749 §5.2 says. */
export class OAuthError extends Error {
  constructor(
    readonly code: OAuthErrorCode,
    readonly description: string,
    /** Whether the client tried to authenticate in the Authorization header. */
    readonly triedBasic = false,
  ) {
    super(description);
    this.name = 'OAuthError';
  }

  toResponse(): HttpResponse {
    return jsonResponse(
      this.code === 'invalid_client' ? 401 : 400,
      { error: this.code, error_description: this.description },
      { ...noStore, ...(this.triedBasic ? { 'www-authenticate': 'Basic realm="OAuth"' } : {}) },
    );
  }
}

/** Headers that keep responses with secrets out of caches (RFC 6749 §5.1). */
export const noStore = Object.freeze({ 'cache-control': 'no-store', pragma: 'no-cache' });
