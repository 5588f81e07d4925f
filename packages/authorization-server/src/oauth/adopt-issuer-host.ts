import type { IncomingMessage } from 'node:http';

/**
 * The engine builds URLs from the request. Here they become the issuer's, whatever `Host` or `X-Forwarded-Host` a caller
 * sends and whatever proxy stands before: so do the `htu` of DPoP proofs (RFC 9449 §4.3) and `Secure` of cookies.
 */
export function adoptIssuerHost(req: IncomingMessage, issuer: URL): void {
  req.headers.host = issuer.host;
  req.headers['x-forwarded-host'] = issuer.host;
  req.headers['x-forwarded-proto'] = issuer.protocol.slice(0, -1);
}
