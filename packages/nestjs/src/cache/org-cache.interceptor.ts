import { findCurrentOrg, orgKey } from '@connect-auth/isolation';
import { CacheInterceptor } from '@nestjs/cache-manager';
import { type ExecutionContext, Injectable } from '@nestjs/common';

/**
 * Nest's `CacheInterceptor`, with keys that begin with the organization: Nest's own gives one organization the answer that
 * it kept for another. Where there is no organization nothing is cached.
 *
 * Callers of one organization share what is kept: it is NOT for answers that differ from user to user.
 */
@Injectable()
export class OrgCacheInterceptor extends CacheInterceptor {
  protected override async trackBy(context: ExecutionContext): Promise<string | undefined> {
    const key = await super.trackBy(context);
    return key === undefined || key === null || findCurrentOrg() === undefined ? undefined : orgKey('response', key);
  }
}
