import { type IssuerEndpoint, includesTarget, type RequestTarget } from '../endpoints/issuer-endpoint.js';
import { untilAborted } from '../transport/exchange.js';

/** Requests that wait until the test releases them. */
export interface Holds {
  /** Holds every request to the endpoint until the function returned is called. */
  readonly hold: (endpoint: IssuerEndpoint | 'all') => () => void;
  /** Resolves when nothing holds the target, or the client has gone. */
  readonly pass: (target: RequestTarget, gone: AbortSignal) => Promise<void>;
}

interface Hold {
  readonly endpoint: IssuerEndpoint | 'all';
  readonly released: Promise<void>;
}

export function createHolds(): Holds {
  const holds = new Set<Hold>();
  const holdOn = (target: RequestTarget) => [...holds].find(({ endpoint }) => includesTarget(endpoint, target));

  return {
    hold: (endpoint) => {
      let letGo = () => {};
      const held: Hold = {
        endpoint,
        released: new Promise((resolve) => {
          letGo = resolve;
        }),
      };
      holds.add(held);
      return () => {
        holds.delete(held);
        letGo();
      };
    },
    pass: async (target, gone) => {
      for (let held = holdOn(target); held !== undefined && !gone.aborted; held = holdOn(target)) {
        await Promise.race([held.released, untilAborted(gone)]);
      }
    },
  };
}
