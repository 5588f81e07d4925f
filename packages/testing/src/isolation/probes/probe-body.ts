import { jsonOf } from '../answers/answer.js';
import { isOrgMember } from './org-member.js';
import { describeTrace, statusOf } from './probe-control.js';
import type { Trial } from './probe-session.js';
import { type Choose, own, type RouteProbe } from './route-probe.js';

const orgMembers = ['org_id', 'orgId', 'organization_id', 'organizationId', 'tenant_id'];

/** Sends bodies that name B as their organization: nothing may be stored for B, and no answer may say so. */
export async function probeOrgInBody(probe: RouteProbe, foreignOrgId: string): Promise<void> {
  if (probe.isSafe || probe.route.method === 'DELETE') return;
  for (const name of orgMembers) {
    const trial = await probe.attempt(own, { body: { [name]: foreignOrgId } });
    const isB = trial.isSuccess && namesOrg(jsonOf(trial.answer), foreignOrgId);
    if (!trial.hasWritten && trial.trace === undefined && !isB) continue;
    const seen = trial.hasWritten
      ? 'what is stored for B changed'
      : isB
        ? "the answer says that the object is B's"
        : `the answer ${describeTrace(trial)}`;
    return probe.report('mass-assignment', trial, `with "${name}" of B in the body, ${seen}`);
  }
}

function namesOrg(value: unknown, orgId: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, member]) => (isOrgMember(name) && member === orgId) || namesOrg(member, orgId),
  );
}

/** Sends bodies that refer to B's objects: they must be refused exactly as those with an unknown id are. */
export async function probeReferences(probe: RouteProbe): Promise<void> {
  const names = probe.places.filter(({ where }) => where === 'body').map(({ name }) => name);
  for (const name of names) {
    const foreign: Choose = (place) => (place.where === 'body' && place.name === name ? 'foreign' : 'own');
    const unknown: Choose = (place) => (place.where === 'body' && place.name === name ? 'unknown' : 'own');
    const trial = await probe.attempt(foreign);
    const fault = faultOf(trial);
    if (fault !== undefined) {
      return probe.report('foreign-reference', trial, `with "${name}" of B's object in the body, ${fault}`);
    }
    const difference = await probe.compare(
      () => probe.attempt(foreign),
      () => probe.attempt(unknown),
    );
    if (difference !== undefined) {
      const seen = `with "${name}" of B's object in the body: ${difference} (for unknown ids)`;
      return probe.report('existence-oracle', trial, seen);
    }
  }
}

function faultOf(trial: Trial): string | undefined {
  if (trial.hasWritten) return 'what is stored for B changed';
  if (trial.trace !== undefined) return `the answer ${describeTrace(trial)}`;
  return trial.isSuccess ? `it was accepted (${statusOf(trial)})` : undefined;
}
