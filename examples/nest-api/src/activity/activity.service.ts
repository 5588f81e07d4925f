import { type AuditTrail, describeCurrentCaller } from '@connect-auth/audit';
import { Inject, Injectable } from '@nestjs/common';
import { auditTrail } from '../storage/storage.module.js';
import { WalledTables } from '../storage/walled-tables.js';
import type { Activity } from './activity.model.js';

/** Records who did what. `ConnectAuthModule` records every request already; this adds the object of the action. */
@Injectable()
export class ActivityService {
  constructor(
    @Inject(auditTrail) private readonly trail: AuditTrail,
    private readonly tables: WalledTables,
  ) {}

  /**
   * Finds the caller in the frame, however far from the controller: nobody has to pass it on.
   *
   * @param action the type of the object and what happened to it: `project.created`
   * @returns the object
   */
  recorded<Target extends { readonly id: string }>(action: `${string}.${string}`, target: Target): Target {
    const [type = ''] = action.split('.');
    const targets = [{ type, id: target.id }];
    this.trail.record({ ...describeCurrentCaller(), action, decision: 'allow', targets });
    return target;
  }

  /** The latest hundred changes and refusals, oldest first. */
  list(): Promise<Activity[]> {
    return this.tables.rows(listSql);
  }
}

const listSql = `SELECT * FROM (
  SELECT id, occurred_at AS "at", event #>> '{actor,id}' AS "by", event ->> 'action' AS "action",
    event #>> '{targets,-1,id}' AS "target", event ->> 'decision' AS "decision", event ->> 'reason' AS "reason",
    (event #>> '{http,method}') || ' ' || (event #>> '{http,route}') AS "request",
    (event #>> '{http,status}')::int AS "status"
  FROM app.audit_event
  WHERE event ->> 'decision' <> 'allow' OR event #>> '{http,method}' IS DISTINCT FROM 'GET'
  ORDER BY id DESC LIMIT 100
) AS latest ORDER BY id`;
