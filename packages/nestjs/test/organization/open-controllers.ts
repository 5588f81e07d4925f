import type { Type } from '@nestjs/common';
import { ConnectAuthModule } from '../../src/index.js';
import { bearer, type OpenIssuer } from '../open-issuer.js';
import { type NestSetup, openNest, type Platform } from '../open-nest.js';

/** An application that trusts the issuer, with these controllers. */
export async function openControllers(
  platform: Platform,
  world: OpenIssuer,
  controllers: Type[],
  { global, imports = [], ...setup }: NestSetup & { readonly global?: boolean } = {},
) {
  const ours = ConnectAuthModule.forRoot({ ...world.trust(), ...(global !== undefined && { global }) });
  return openNest(platform, { imports: [ours, ...imports], controllers, ...setup });
}

/** The header of a caller that acts for an organization; null: for none. */
export const callerOf = ({ issuer }: OpenIssuer, org: string | null) => bearer(issuer.token({ org }));
