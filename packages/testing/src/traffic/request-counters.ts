import type { RequestTarget } from '../endpoints/issuer-endpoint.js';

/** Numbers of requests received, by target. The numbers are live. */
export interface RequestCounters {
  readonly discovery: number;
  readonly jwks: number;
  readonly introspection: number;
  readonly token: number;
  /** Requests to any other path, including those that a `redirect` failure leads to. */
  readonly other: number;
  readonly total: number;
}

export function createRequestCounters() {
  const zero = { discovery: 0, jwks: 0, introspection: 0, token: 0, other: 0 };
  let counts: Record<RequestTarget, number> = { ...zero };
  const counters: RequestCounters = {
    get discovery() {
      return counts.discovery;
    },
    get jwks() {
      return counts.jwks;
    },
    get introspection() {
      return counts.introspection;
    },
    get token() {
      return counts.token;
    },
    get other() {
      return counts.other;
    },
    get total() {
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
  };
  return {
    counters,
    count: (target: RequestTarget) => {
      counts[target] += 1;
    },
    reset: () => {
      counts = { ...zero };
    },
  };
}
