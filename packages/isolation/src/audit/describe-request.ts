import { type Auth, isAuthError, refusedCaller } from '@connect-auth/core';
import { OrgLeakError } from '../errors/org-leak-error.js';
import type {
  AuditCaller,
  AuditHappening,
  AuditHttp,
  AuditIsolation,
  AuditNetwork,
  AuditTarget,
} from './audit-event.js';
import { describeAuth } from './describe-caller.js';
import { detailsOf, type RefusalDetails, refusalOf, targetsOf } from './refusals.js';

/** A request that is over. */
export interface AnsweredRequest {
  /** By which adapters know it: that of Node.js. */
  readonly request: object;
  /** The verified caller; undefined where there was none. */
  readonly auth: Auth | undefined;
  /** Without a status it was never answered: the caller went away. */
  readonly http: AuditHttp;
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

/** What is posted to an object that is there already does not create that one. */
function actionOf(method: string, target: AuditTarget | undefined): string {
  const verb = target !== undefined && method === 'POST' ? 'post' : (verbs[method] ?? method.toLowerCase());
  return `${target?.type ?? 'request'}.${verb}`;
}

/** The one event of a request: who wanted what, and what was decided. */
export function describeRequest({ request, auth, http, network, action }: AnsweredRequest): AuditHappening {
  const refusal = refusalOf(request);
  const { owner_org, target, ...isolation } = detailsOf(refusal) ?? layerOf(refusal);
  const caller = auth ?? refusedCaller(refusal);
  const targets = target === undefined ? targetsOf(request) : [target];
  const reason = reasonOf(refusal) ?? (http.status === undefined ? 'aborted' : undefined);
  return {
    ...(caller === undefined ? anonymous : describeAuth(caller)),
    action: action ?? actionOf(http.method, targets.at(-1)),
    decision: decisionOf(refusal, http.status),
    ...(reason !== undefined && { reason }),
    ...(targets.length > 0 && { targets }),
    http,
    network,
    ...(isolation.layer !== undefined && { isolation: isolation as AuditIsolation }),
    ...(owner_org !== undefined && { owner_org }),
  };
}

/** A caller whose token is missing or not good: whatever it says of itself is not believed. */
const anonymous: AuditCaller = { actor: { type: 'anonymous', id: 'anonymous' } };

/** What the caller was told decides. 4xx for a reason other than access, a form filled in wrongly say, was let in. */
function decisionOf(refusal: unknown, status: number | undefined): AuditHappening['decision'] {
  if (status === undefined || status >= 500) return 'error';
  if (isAuthError(refusal)) return 'deny';
  return status === 401 || status === 403 || status === 404 ? 'deny' : 'allow';
}

function reasonOf(refusal: unknown): string | undefined {
  if (isAuthError(refusal)) return refusal.reason;
  return typeof (refusal as { code?: unknown } | undefined)?.code === 'string'
    ? (refusal as { code: string }).code
    : undefined;
}

function layerOf(refusal: unknown): Partial<RefusalDetails> {
  if (refusal instanceof OrgLeakError) return { layer: 'egress', rule: 'orgEgress', owner_org: refusal.foreignOrgId };
  return isAuthError(refusal) ? { layer: 'token', rule: refusal.name } : {};
}
