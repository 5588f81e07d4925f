import type { IssuerHealth } from '@connect-auth/core';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectAuthVerifier } from '../connect-auth.verifier.js';

/** Where one issuer stands. What its last errors said is for the log: health checks are often open to everybody. */
export interface PublicIssuerHealth {
  readonly issuer: string;
  readonly keys: Omit<IssuerHealth['keys'], 'lastError'>;
  readonly introspection?: Pick<NonNullable<IssuerHealth['introspection']>, 'breaker'>;
}

/** What a health indicator of `@nestjs/terminus` gives. */
export type ConnectAuthHealthResult<Key extends string> = Record<
  Key,
  { readonly status: 'up' | 'down'; readonly issuers: readonly PublicIssuerHealth[] }
>;

/**
 * A health indicator for `@nestjs/terminus`: `health.check([() => connectAuth.isHealthy()])`. It looks at what is known
 * and asks nobody, so that it may be asked as often as one likes.
 */
@Injectable()
export class ConnectAuthHealthIndicator {
  constructor(@Inject(ConnectAuthVerifier) private readonly verifier: ConnectAuthVerifier) {}

  /** Up while the tokens of every issuer can be checked; down before the first keys are loaded, too. */
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
