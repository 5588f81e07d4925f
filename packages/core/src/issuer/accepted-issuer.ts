import type { AlgorithmName } from '../keys/algorithms.js';
import type { IssuerSettings } from '../options/resolve-issuer.js';

/** An issuer whose tokens are accepted, and the terms that other code may have to repeat. Frozen. */
export interface AcceptedIssuer {
  readonly issuer: string;
  /** The audiences, of which a token needs one; `null`: deliberately unchecked. */
  readonly audience: readonly string[] | null;
  readonly algorithms: readonly AlgorithmName[];
  readonly clockToleranceSeconds: number;
}

export const toAcceptedIssuer = ({
  issuer,
  audience,
  algorithms,
  clockToleranceSeconds,
}: IssuerSettings): AcceptedIssuer =>
  Object.freeze({
    issuer,
    // A copy, so that changing it changes nothing in what is checked.
    audience: audience && Object.freeze([...audience]),
    algorithms: Object.freeze([...algorithms]),
    clockToleranceSeconds,
  });
