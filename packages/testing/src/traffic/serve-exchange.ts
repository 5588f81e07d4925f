import type { HandleRequest } from '../endpoints/handle-request.js';
import type { RequestTarget } from '../endpoints/issuer-endpoint.js';
import type { ServeExchange } from '../transport/exchange.js';
import { failExchange } from './failure-mode.js';
import type { Failures } from './failures.js';
import type { Holds } from './holds.js';

export interface TrafficParts {
  readonly targetOf: (path: string) => RequestTarget;
  /** Counts a request in; the function returned counts it out. */
  readonly enter: (target: RequestTarget) => () => void;
  readonly holds: Holds;
  readonly failures: Failures;
  readonly handle: HandleRequest;
}

/** Creates the server of exchanges. Each request is counted in, held, failed or answered, and counted out. */
export function createExchangeServer({ targetOf, enter, holds, failures, handle }: TrafficParts): ServeExchange {
  return async (exchange) => {
    const target = targetOf(exchange.path);
    const leave = enter(target);
    try {
      await holds.pass(target, exchange.gone);
      if (exchange.gone.aborted) return;
      const mode = failures.modeOf(target);
      if (mode !== undefined) return await failExchange(mode, exchange);
      const { method, path, headers } = exchange;
      await exchange.send(handle({ method, path, headers, body: await exchange.readBody() }));
    } finally {
      leave();
    }
  };
}
