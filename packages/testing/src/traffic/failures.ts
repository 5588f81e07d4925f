import { type IssuerEndpoint, issuerEndpoints, type RequestTarget } from '../endpoints/issuer-endpoint.js';
import type { FailureMode } from './failure-mode.js';

/** The endpoints that fail at present, and their failure modes. */
export interface Failures {
  readonly fail: (endpoint: IssuerEndpoint | 'all', mode: FailureMode) => void;
  readonly recover: (endpoint?: IssuerEndpoint | 'all') => void;
  readonly modeOf: (target: RequestTarget) => FailureMode | undefined;
}

export function createFailures(): Failures {
  const modes = new Map<RequestTarget, FailureMode>();
  const chosen = (endpoint: IssuerEndpoint | 'all') => (endpoint === 'all' ? issuerEndpoints : [endpoint]);
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
