import type { AlgorithmName } from '../keys/algorithms.js';
import type { ResolvedIssuer } from '../options/resolve-issuer.js';

/** An issuer whose tokens are accepted, and the terms that other code may have to repeat. Frozen. */
export interface AcceptedIssuer {
  readonly issuer: string;
  /** Any one of these will do; `null`: deliberately unchecked. */
  readonly audience: readonly string[] | null;
  readonly algorithms: readonly AlgorithmName[];
  readonly clockToleranceSeconds: number;
}

export const toAcceptedIssuer = ({
  issuer,
  audience,
  algorithms,
  clockToleranceSeconds,
}: ResolvedIssuer): AcceptedIssuer =>
  Object.freeze({
    issuer,
    // A copy: what is handed out must not be a way to change what is checked.
    audience: audience && Object.freeze([...audience]),
    algorithms: Object.freeze([...algorithms]),
    clockToleranceSeconds,
  });
