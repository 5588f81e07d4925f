import type { RequestTarget } from '../endpoints/issuer-endpoint.js';

/** The number of requests under way, now and at most. */
export interface InFlightGauge {
  /** Counts a request in; the function returned counts it out. */
  readonly enter: (target: RequestTarget) => () => void;
  readonly inFlight: (target: RequestTarget) => number;
  readonly peak: (target: RequestTarget) => number;
  /** Resolves as soon as the number under way satisfies the condition. */
  readonly when: (target: RequestTarget, condition: (inFlight: number) => boolean) => Promise<void>;
  /** Resets each peak to the number under way now. */
  readonly reset: () => void;
}

export function createInFlightGauge(): InFlightGauge {
  const current = new Map<RequestTarget, number>();
  let peaks = new Map<RequestTarget, number>();
  const waiting = new Set<() => void>();

  const inFlight = (target: RequestTarget) => current.get(target) ?? 0;
  const peak = (target: RequestTarget) => peaks.get(target) ?? 0;

  function move(target: RequestTarget, by: 1 | -1): void {
    current.set(target, inFlight(target) + by);
    peaks.set(target, Math.max(peak(target), inFlight(target)));
    for (const look of waiting) look();
  }

  return {
    enter: (target) => {
      move(target, 1);
      return () => move(target, -1);
    },
    inFlight,
    peak,
    when: (target, condition) =>
      new Promise((resolve) => {
        const look = () => {
          if (!condition(inFlight(target))) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    reset: () => {
      peaks = new Map(current);
    },
  };
}
