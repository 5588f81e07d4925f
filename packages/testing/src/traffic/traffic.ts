import type { IssuerEndpoint, RequestTarget } from '../endpoints/issuer-endpoint.js';
import type { FailureMode } from './failure-mode.js';
import { createFailures } from './failures.js';
import { createHolds } from './holds.js';
import { createInFlightGauge } from './in-flight-gauge.js';
import { createRequestCounters } from './request-counters.js';

/** Creates everything that counts, holds or fails requests: the parts of the server, and the controls for tests. */
export function createTraffic(onPort: boolean) {
  const counters = createRequestCounters();
  const gauge = createInFlightGauge();
  const holds = createHolds();
  const failures = createFailures();

  return {
    parts: {
      holds,
      failures,
      enter: (target: RequestTarget) => {
        counters.count(target);
        return gauge.enter(target);
      },
    },
    controls: {
      requests: counters.counters,
      resetRequests: () => {
        counters.reset();
        gauge.reset();
      },
      inFlight: gauge.inFlight,
      peakInFlight: gauge.peak,
      whenInFlight: (target: RequestTarget, count = 1) => gauge.when(target, (inFlight) => inFlight >= count),
      whenIdle: (target: RequestTarget) => gauge.when(target, (inFlight) => inFlight === 0),
      hold: holds.hold,
      fail: (endpoint: IssuerEndpoint | 'all', mode: FailureMode) => {
        if (onPort && mode === 'refused') {
          throw new Error('A listening port cannot refuse one endpoint: use stop(), or fail() with reset.');
        }
        failures.fail(endpoint, mode);
      },
      recover: failures.recover,
    },
  };
}
