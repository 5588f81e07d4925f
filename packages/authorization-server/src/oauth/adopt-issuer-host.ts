import type { IncomingMessage } from 'node:http';

/**
 * Makes the request's host the issuer's, because the engine builds URLs from it. Neither the caller's `Host` or
 * `X-Forwarded-Host` nor a proxy then affects them, the `htu` of DPoP proofs (RFC 9449 §4.3), or `Secure` of cookies.
 */
export function adoptIssuerHost(req: IncomingMessage, issuer: URL): void {
  req.headers.host = issuer.host;
  req.headers['x-forwarded-host'] = issuer.host;
  req.headers['x-forwarded-proto'] = issuer.protocol.slice(0, -1);
}
