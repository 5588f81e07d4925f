import type { JWK } from 'jose';
import type { SigningKeyStatus } from '../storage/schema/secrets.js';
import type { SigningAlgorithm } from './generate-signing-key.js';

/** A key as the management API and the command show it. */
export interface SigningKeyInfo {
  readonly kid: string;
  readonly algorithm: string;
  readonly status: SigningKeyStatus;
  readonly createdAt: Date;
  readonly activatedAt: Date | null;
  readonly retiredAt: Date | null;
}

export interface ActiveSigningKey {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly privateJwk: JWK;
}
