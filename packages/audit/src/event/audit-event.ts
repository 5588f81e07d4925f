/**
 * From where an event knows its organization: the caller's verified token, a frame that `withOrg` or `crossOrg` opened,
 * or the object that was changed, where whoever did it acts for no organization.
 */
export type AuditOrgSource = 'token.org_id' | 'frame' | 'resource';

export interface AuditOrg {
  readonly id: string;
  readonly source: AuditOrgSource;
}

/**
 * Who did it: an application for itself, a user, a key of a management API, a command, this program where no request
 * asked for it; whoever a guard of the application's own names; or somebody without a good token.
 */
export interface AuditActor {
  readonly type: 'm2m_client' | 'user' | 'api_key' | 'command' | 'system' | 'custom' | 'anonymous';
  readonly id: string;
}

/** Which token it was done with. Never the token itself; its `jti` only as a hash. */
export interface AuditCredential {
  /** SHA-256 of `jti`, base64url. */
  readonly jti_sha256?: string;
  /** The key that the token is signed with, where its signature was checked here. */
  readonly kid?: string;
  /** In seconds since the epoch, as the token says it (RFC 7519 §2, NumericDate). */
  readonly iat?: number;
  /** In seconds since the epoch, as the token says it. */
  readonly exp: number;
}

/** What it was done to. The caller's stream keeps the `id` of what was refused to itself. */
export interface AuditTarget {
  readonly type: string;
  readonly id?: string;
}

export interface AuditHttp {
  readonly method: string;
  /** The pattern of the route, `/projects/:id`. Never the URL, which holds ids and whatever callers put there. */
  readonly route: string;
  readonly status?: number;
  readonly request_id?: string;
  /** W3C Trace Context §3.2.2.3. */
  readonly trace_id?: string;
  readonly duration_ms?: number;
}

export interface AuditNetwork {
  readonly ip?: string;
  /** At most 512 characters of it are kept. */
  readonly user_agent?: string;
}

/** Which layer of the isolation decided. */
export interface AuditIsolation {
  readonly layer: 'token' | 'route' | 'loader' | 'driver' | 'database' | 'egress';
  /** What of it: `orgParam`, the name of a policy. */
  readonly rule: string;
}

/** A way over the wall, which has a grant and a reason. */
export interface AuditCrossOrg {
  readonly orgs: readonly string[];
  readonly grant: string;
  readonly reason: string;
}

/** The place of an event in the chain of its organization; given by a sink that keeps one. */
export interface AuditChain {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
}

/** What is particular to an action. Flat, so that every sink has a place for it. */
export type AuditDetails = Readonly<Record<string, string | number | readonly string[]>>;

/** Where the caller, as far as there is one, appears in an event. */
export interface AuditCaller {
  /** Absent for a caller that acts for no organization. Such events are in the operator's stream only. */
  readonly org?: AuditOrg;
  readonly actor: AuditActor;
  /** The application that the token was issued to: not the actor, where that is a user. */
  readonly application?: { readonly client_id: string };
  readonly credential?: AuditCredential;
}

/** What was tried, and what became of it. */
export interface AuditEventInput extends AuditCaller {
  /** What was tried, as type and verb: `project.read`. */
  readonly action: string;
  readonly decision: 'allow' | 'deny' | 'error';
  /** Why not: `org_mismatch`, `not_found`. The caller's stream is told no more than the caller was. */
  readonly reason?: string;
  readonly targets?: readonly AuditTarget[];
  readonly http?: AuditHttp;
  readonly network?: AuditNetwork;
  readonly isolation?: AuditIsolation;
  readonly cross_org?: AuditCrossOrg;
  /** Whose it is what was refused. In the operator's stream only. */
  readonly owner_org?: string;
  /** The environment of an authorization server that it happened in. */
  readonly environment_id?: string;
  /** The names of changed fields, the scopes of a token that was issued. In the caller's stream only where it was allowed. */
  readonly details?: AuditDetails;
}

/** One decision. Holds no token, no header, no body. */
export interface AuditEvent extends AuditEventInput {
  readonly v: 1;
  /** A ULID: unique, and in the order of their making within a process. Sinks may get an event twice, under one id. */
  readonly id: string;
  /** RFC 3339, UTC, in milliseconds. */
  readonly occurred_at: string;
  readonly targets: readonly AuditTarget[];
  /** Only on `audit.dropped`: how many events the sink that gets this was not given. */
  readonly dropped?: { readonly count: number };
  readonly chain?: AuditChain;
}
