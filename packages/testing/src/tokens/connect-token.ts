import { defaultUserId } from '../clients/test-client.js';
import { createUlid } from '../keys/ulid.js';
import type { IssuerProfile } from './grant-claims.js';
import type { TokenMint } from './token-mint.js';
import type { GrantOptions } from './token-options.js';

/** The parts that vary between real Connect tokens. Their audience does not: it is the environment's client id. */
export interface ConnectTokenOptions extends Omit<GrantOptions, 'audience' | 'user'> {
  /** `absent` leaves `client_id` out, as some tokens in the field do. Default: `present`. */
  readonly clientId?: 'present' | 'absent';
  /** The `kid` of the key that signs. Default: the current key. */
  readonly key?: string;
}

export interface ConnectUserTokenOptions extends ConnectTokenOptions {
  /** `sub`. Default: `user_01TESTADA…`. */
  readonly user?: string;
  /** `sid`, the user's consent. Default: a new `app_consent_<ULID>`. */
  readonly sid?: string;
}

/** Tokens in the exact shape of WorkOS Connect's: header of `alg` and `kid` only, `aud` one string. */
export interface ConnectTokens {
  /** Makes a machine's token: `sub` is the application, no `sid`. Default lifetime: 3600 seconds. */
  readonly m2m: (options?: ConnectTokenOptions) => string;
  /** Makes a user's token: `sub` is the user, `sid` the consent. Default lifetime: 300 seconds. */
  readonly user: (options?: ConnectUserTokenOptions) => string;
}

export function createConnectTokens(profile: IssuerProfile, mint: TokenMint): ConnectTokens {
  const shape = ({ clientId, ...grant }: ConnectTokenOptions) => ({
    ...grant,
    audience: profile.environmentClientId,
    omit: clientId === 'absent' ? ['client_id'] : [],
  });
  return {
    m2m: (options = {}) => mint.token({ lifetimeSeconds: 3600, ...shape(options) }),
    user: ({ user = defaultUserId, sid, ...options } = {}) =>
      mint.token({
        lifetimeSeconds: 300,
        ...shape(options),
        user,
        claims: { sid: sid ?? `app_consent_${createUlid(profile.clock.now())}` },
      }),
  };
}
