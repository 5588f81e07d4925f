/**
 * The source of an event's organization: the caller's verified token, or a frame that `withOrg` or `crossOrg` opened.
 */
export type AuditOrgSource = 'token.org_id' | 'frame';

export interface AuditOrg {
  readonly id: string;
  readonly source: AuditOrgSource;
}

/**
 * The actor: an application for itself, a user, this program if no request asked for it, or somebody without a good
 * token.
 */
export interface AuditActor {
  readonly type: 'm2m_client' | 'user' | 'api_key' | 'command' | 'system' | 'custom' | 'anonymous';
  readonly id: string;
}

/** The token that was used. Never the token itself; its `jti` only as a hash. */
export interface AuditCredential {
  /** SHA-256 of `jti`, base64url. */
  readonly jti_sha256?: string;
  /** The key that the token is signed with, if its signature was checked here. */
  readonly kid?: string;
  /** In seconds since the epoch, as stated in the token (RFC 7519 §2, NumericDate). */
  readonly iat?: number;
  /** In seconds since the epoch, as stated in the token. */
  readonly exp: number;
}

/** The object of the action. The `id` is omitted from the caller's stream when access was denied. */
export interface AuditTarget {
  readonly type: string;
  readonly id?: string;
}

export interface AuditHttp {
  readonly method: string;
  /**
   * The pattern of the route, `/projects/:id`. Never the URL, which holds ids and anything else that callers put there.
   */
  readonly route: string;
  readonly status?: number;
  readonly request_id?: string;
  /** W3C Trace Context §3.2.2.3. */
  readonly trace_id?: string;
  readonly duration_ms?: number;
}

export interface AuditNetwork {
  readonly ip?: string;
  /** Cut to 512 characters. */
  readonly user_agent?: string;
}

/** The layer of the isolation that decided. */
export interface AuditIsolation {
  readonly layer: 'token' | 'route' | 'loader' | 'driver' | 'database' | 'egress';
  /** The part of the layer that decided: `orgParam`, the name of a policy. */
  readonly rule: string;
}

/** A crossing of the wall, with its grant and its reason. */
export interface AuditCrossOrg {
  readonly orgs: readonly string[];
  readonly grant: string;
  readonly reason: string;
}

/** The place of an event in the chain of its organization, set by a sink that keeps one. */
export interface AuditChain {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
}

/** The fields of an event that describe the caller, as far as there is one. */
export interface AuditCaller {
  /** Absent for a caller that acts for no organization. Such events are in the operator's stream only. */
  readonly org?: AuditOrg;
  readonly actor: AuditActor;
  /** The application that the token was issued to: not the actor if that is a user. */
  readonly application?: { readonly client_id: string };
  readonly credential?: AuditCredential;
}

/** The action that was tried, and its outcome. */
export interface AuditEventInput extends AuditCaller {
  /** The action, as type and verb: `project.read`. */
  readonly action: string;
  readonly decision: 'allow' | 'deny' | 'error';
  /** Why it was not allowed: `org_mismatch`, `not_found`. The caller's stream is told no more than the caller was. */
  readonly reason?: string;
  readonly targets?: readonly AuditTarget[];
  readonly http?: AuditHttp;
  readonly network?: AuditNetwork;
  readonly isolation?: AuditIsolation;
  readonly cross_org?: AuditCrossOrg;
  /** The organization that owns the object the caller was denied. In the operator's stream only. */
  readonly owner_org?: string;
  /** The environment of an authorization server that it happened in. */
  readonly environment_id?: string;
  /** The names of changed fields, the scopes of a token that was issued. In the caller's stream only where it was allowed. */
  readonly details?: AuditDetails;
}

/** One decision. Holds no token, no header, no body. */
export interface AuditEvent extends AuditEventInput {
  readonly v: 1;
  /** A ULID: unique, and in the order of creation within a process. Sinks may get an event twice, under one id. */
  readonly id: string;
  /** RFC 3339, UTC, in milliseconds. */
  readonly occurred_at: string;
  readonly targets: readonly AuditTarget[];
  /** Only on `audit.dropped`: how many events were withheld from the sink that gets this one. */
  readonly dropped?: { readonly count: number };
  readonly chain?: AuditChain;
}
