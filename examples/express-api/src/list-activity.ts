import type { Database } from 'walled-database';

/** Something that somebody did for an organization, or was refused. */
export interface Activity {
  readonly at: Date;
  /** The client, or the user. */
  readonly by: string;
  /** Method and pattern: `DELETE /projects/:id`. */
  readonly request: string;
  readonly decision: 'allow' | 'deny' | 'error';
  /** The reason of a refusal. */
  readonly reason: string | null;
}

/**
 * Returns the latest events of the caller's organization: the audit table has a wall of its own. Reads are recorded, too, but
 * left out here.
 */
export async function listActivity(database: Database): Promise<Activity[]> {
  const { rows } = await database.query<Activity>(`
    SELECT occurred_at AS at,
           event #>> '{actor,id}' AS by,
           concat_ws(' ', event #>> '{http,method}', event #>> '{http,route}') AS request,
           event ->> 'decision' AS decision,
           event ->> 'reason' AS reason
    FROM app.audit_event
    WHERE event ->> 'decision' <> 'allow' OR event #>> '{http,method}' NOT IN ('GET', 'HEAD')
    ORDER BY id DESC LIMIT 50`);
  return rows;
}
