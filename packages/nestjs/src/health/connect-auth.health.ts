import type { IssuerHealth } from '@connect-auth/core';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectAuthVerifier } from '../connect-auth.verifier.js';

/**
 * The health of one issuer, without its last errors, which belong in the log: health checks are often open to
 * everybody.
 */
export interface PublicIssuerHealth {
  readonly issuer: string;
  readonly keys: Omit<IssuerHealth['keys'], 'lastError'>;
  readonly introspection?: Pick<NonNullable<IssuerHealth['introspection']>, 'breaker'>;
}

/** The result of a health indicator for `@nestjs/terminus`. */
export type ConnectAuthHealthResult<Key extends string> = Record<
  Key,
  { readonly status: 'up' | 'down'; readonly issuers: readonly PublicIssuerHealth[] }
>;

/**
 * A health indicator for `@nestjs/terminus`: `health.check([() => connectAuth.isHealthy()])`. It reports what is
 * already known and makes no requests, so that it may be called as often as you like.
 */
@Injectable()
export class ConnectAuthHealthIndicator {
  constructor(@Inject(ConnectAuthVerifier) private readonly verifier: ConnectAuthVerifier) {}

  /**
   * Reports `up` while the tokens of every issuer can be checked, otherwise `down`, also before the first keys are
   * loaded.
   */
  isHealthy<const Key extends string = 'connect-auth'>(key: Key = 'connect-auth' as Key): ConnectAuthHealthResult<Key> {
    const { ready, issuers } = this.verifier.health();
    const result: ConnectAuthHealthResult<string> = {
      [key]: { status: ready ? 'up' : 'down', issuers: issuers.map(withoutErrors) },
    };
    return result;
  }
}

function withoutErrors({ issuer, keys, introspection }: IssuerHealth): PublicIssuerHealth {
  const { lastError: _, ...publicKeys } = keys;
  return { issuer, keys: publicKeys, ...(introspection && { introspection: { breaker: introspection.breaker } }) };
}
