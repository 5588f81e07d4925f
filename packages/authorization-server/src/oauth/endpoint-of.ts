import type { LimitedRequest } from '../options/rate-limit.js';

const endpoints = {
  authorize: 'authorize',
  token: 'token',
  introspection: 'introspection',
  revoke: 'revocation',
} as const;

/** Names the endpoint of a path for the rate limit. @param path one that the engine answers */
export function endpointOf(path: string): LimitedRequest['endpoint'] {
  const name = path.toLowerCase().split('/')[2] ?? '';
  return endpoints[name as keyof typeof endpoints] ?? 'metadata';
}
