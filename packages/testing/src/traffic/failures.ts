import { type Endpoint, endpoints, type RequestTarget } from '../endpoints/endpoint.js';
import type { FailureMode } from './failure-mode.js';

/** Which endpoints fail at present, and how. */
export interface Failures {
  readonly fail: (endpoint: Endpoint | 'all', mode: FailureMode) => void;
  readonly recover: (endpoint?: Endpoint | 'all') => void;
  readonly modeOf: (target: RequestTarget) => FailureMode | undefined;
}

export function createFailures(): Failures {
  const modes = new Map<RequestTarget, FailureMode>();
  const chosen = (endpoint: Endpoint | 'all') => (endpoint === 'all' ? endpoints : [endpoint]);
  return {
    fail: (endpoint, mode) => {
      for (const each of chosen(endpoint)) modes.set(each, mode);
    },
    recover: (endpoint = 'all') => {
      for (const each of chosen(endpoint)) modes.delete(each);
    },
    modeOf: (target) => modes.get(target),
  };
}
