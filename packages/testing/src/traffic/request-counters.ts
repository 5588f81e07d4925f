import type { RequestTarget } from '../endpoints/endpoint.js';

/** How many requests came, by what they were for. The numbers are live. */
export interface RequestCounters {
  readonly discovery: number;
  readonly jwks: number;
  readonly introspection: number;
  readonly token: number;
  /** Paths that are no endpoint, and those a `redirect` failure leads to. */
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
