import { type Auth, isAuthError } from '@connect-auth/core';
import { OrgLeakError } from '../errors/org-leak-error.js';
import type { AuditCaller, AuditHappening, AuditHttp, AuditIsolation, AuditNetwork } from './audit-event.js';
import { describeAuth } from './describe-caller.js';
import { detailsOf, type RefusalDetails, refusalOf } from './refusals.js';

/** A request that is over. */
export interface AnsweredRequest {
  /** By which adapters know it: that of Node.js. */
  readonly request: object;
  /** The verified caller; undefined where there was none. */
  readonly auth: Auth | undefined;
  readonly http: AuditHttp & { readonly status: number };
  readonly network: AuditNetwork;
  /** Default: `project.read` and its like where the type of the object is known, else `request.read`. */
  readonly action?: string;
}

const verbs: Readonly<Record<string, string>> = {
  GET: 'read',
  HEAD: 'read',
  OPTIONS: 'read',
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'delete',
};

/** The one event of a request: who wanted what, and what was decided. */
export function describeRequest({ request, auth, http, network, action }: AnsweredRequest): AuditHappening {
  const refusal = refusalOf(request);
  const { owner_org, target, ...isolation } = detailsOf(refusal) ?? (layerOf(refusal) as RefusalDetails);
  const reason = reasonOf(refusal);
  return {
    ...(auth === undefined ? anonymous : describeAuth(auth)),
    action: action ?? `${target?.type ?? 'request'}.${verbs[http.method] ?? http.method.toLowerCase()}`,
    decision: decisionOf(http.status),
    ...(reason !== undefined && { reason }),
    ...(target !== undefined && { targets: [target] }),
    http,
    network,
    ...(isolation.layer !== undefined && { isolation }),
    ...(owner_org !== undefined && { owner_org }),
  };
}

/** A caller whose token is missing or not good: whatever it says of itself is not believed. */
const anonymous: AuditCaller = { actor: { type: 'anonymous', id: 'anonymous' } };

/** What the caller was told decides: 4xx for a reason other than access, a form filled in wrongly say, was let in. */
function decisionOf(status: number): AuditHappening['decision'] {
  if (status >= 500) return 'error';
  return status === 401 || status === 403 || status === 404 ? 'deny' : 'allow';
}

function reasonOf(refusal: unknown): string | undefined {
  if (isAuthError(refusal)) return refusal.reason;
  return typeof (refusal as { code?: unknown } | undefined)?.code === 'string'
    ? (refusal as { code: string }).code
    : undefined;
}

function layerOf(refusal: unknown): Partial<AuditIsolation & Pick<RefusalDetails, 'owner_org'>> {
  if (refusal instanceof OrgLeakError) return { layer: 'egress', rule: 'orgEgress', owner_org: refusal.foreignOrgId };
  return isAuthError(refusal) ? { layer: 'token', rule: refusal.name } : {};
}
