import { findCurrentOrg, orgKey } from '@connect-auth/isolation';
import { CacheInterceptor } from '@nestjs/cache-manager';
import { type ExecutionContext, Injectable } from '@nestjs/common';

/**
 * Puts the organization first in the keys of Nest's `CacheInterceptor`, which by itself gives one organization the
 * answer that it cached for another. Without an organization, nothing is cached.
 *
 * Callers of one organization share the cached answers: it is NOT for answers that differ from user to user.
 */
@Injectable()
export class OrgCacheInterceptor extends CacheInterceptor {
  protected override async trackBy(context: ExecutionContext): Promise<string | undefined> {
    const key = await super.trackBy(context);
    return key === undefined || key === null || findCurrentOrg() === undefined ? undefined : orgKey('response', key);
  }
}
