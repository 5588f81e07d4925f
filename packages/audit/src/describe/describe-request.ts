import { isAuthError } from '@connect-auth/core';
import { type RefusalDetails, type RequestRecord, refusalDetailsOf } from '@connect-auth/core/adapter';
import type { AuditCaller, AuditEventInput, AuditHttp, AuditNetwork, AuditTarget } from '../event/audit-event.js';
import { describeAuth } from './describe-caller.js';

/** The answer to a request. */
export interface AnsweredRequest {
  /** Has no status if the request was never answered: the caller went away. */
  readonly http: AuditHttp;
  readonly network: AuditNetwork;
  /** Default: `project.read` and the like if the type of the object is known, else `request.read`. */
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

/** Names the action. A POST to an existing object does not create that object, so its verb is `post`. */
function actionOf(method: string, target: AuditTarget | undefined): string {
  const verb = target !== undefined && method === 'POST' ? 'post' : (verbs[method] ?? method.toLowerCase());
  return `${target?.type ?? 'request'}.${verb}`;
}

/** Describes the one event of a finished request: who wanted what, and what was decided. */
export function describeRequest(record: RequestRecord, { http, network, action }: AnsweredRequest): AuditEventInput {
  const { refusal } = record;
  const details = refusalDetailsOf(refusal);
  const { layer, rule } = details.layer === undefined ? tokenLayer(refusal) : details;
  const caller = record.verified ?? details.caller;
  const targets = details.target === undefined ? record.targets : [details.target];
  const reason = reasonOf(refusal) ?? (http.status === undefined ? 'aborted' : undefined);
  return {
    ...(caller === undefined ? anonymous : describeAuth(caller)),
    action: action ?? actionOf(http.method, targets.at(-1)),
    decision: decisionOf(refusal, http.status),
    ...(reason !== undefined && { reason }),
    ...(targets.length > 0 && { targets }),
    http,
    network,
    ...(layer !== undefined && rule !== undefined && { isolation: { layer, rule } }),
    ...(details.ownerOrg !== undefined && { owner_org: details.ownerOrg }),
  };
}

/** A caller whose token is missing or not good: nothing that it says of itself is believed. */
const anonymous: AuditCaller = { actor: { type: 'anonymous', id: 'anonymous' } };

/** Goes by what the caller was told. A 4xx for a reason other than access, such as an invalid form, was allowed. */
function decisionOf(refusal: unknown, status: number | undefined): AuditEventInput['decision'] {
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

/** Attributes a refusal to the token or its permissions if no other layer claims it. */
const tokenLayer = (refusal: unknown): Pick<RefusalDetails, 'layer' | 'rule'> =>
  isAuthError(refusal) ? { layer: 'token', rule: refusal.name } : {};
