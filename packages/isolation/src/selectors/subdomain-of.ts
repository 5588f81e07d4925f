import { ConfigurationError } from '@connect-auth/core';

/** A domain name, without a port or a final dot (RFC 1034 §3.5). */
const domainName = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*$/;

/** @throws ConfigurationError for a value that is not a domain name in lower case */
export function checkDomain(call: string, domain: unknown): string {
  if (typeof domain !== 'string' || !domainName.test(domain)) {
    throw new ConfigurationError(`${call} domain`, 'must be a domain name in lower case, without a port');
  }
  return domain;
}

/**
 * Returns the part in front of the domain, in lower case: `acme` of `acme.api.example.com`. Undefined for the domain
 * itself and for other domains. Several labels, or an empty one, are returned like any other label, not treated as
 * absent: they may be somebody's or nobody's.
 *
 * @param hostname the host of the request, without a port
 */
export function subdomainOf(hostname: string | undefined, domain: string): string | undefined {
  const name = hostname?.toLowerCase().replace(/\.$/, '');
  if (name === undefined || !name.endsWith(`.${domain}`)) return undefined;
  return name.slice(0, -domain.length - 1);
}
