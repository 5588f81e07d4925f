import { currentAuth } from '@connect-auth/nestjs';
import { Injectable } from '@nestjs/common';
import type { Activity } from './activity.model.js';

/** Who did what. */
@Injectable()
export class ActivityService {
  private readonly entries: Activity[] = [];

  /** Knows by itself who is calling, however far from the controller: nobody has to hand the caller on. */
  record(orgId: string, what: string): void {
    this.entries.push({ orgId, what, by: currentAuth().subject });
  }

  list(orgId: string): Activity[] {
    return this.entries.filter((entry) => entry.orgId === orgId);
  }
}
