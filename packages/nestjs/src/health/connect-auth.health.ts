import type { VerifierHealth } from '@connect-auth/core';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectAuthVerifier } from '../connect-auth.verifier.js';

/** What a health indicator of `@nestjs/terminus` gives, with where each issuer stands. */
export type ConnectAuthHealthResult<Key extends string> = Record<
  Key,
  Pick<VerifierHealth, 'issuers'> & { readonly status: 'up' | 'down' }
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
    return { [key]: { status: ready ? 'up' : 'down', issuers } } as ConnectAuthHealthResult<Key>;
  }
}
