import type { Changes } from '../scene/plan-request.js';
import { describeTrace, statusOf } from './probe-control.js';
import type { Trial } from './probe-session.js';
import { type Choose, own, type RouteProbe } from './route-probe.js';

const foreign: Choose = ({ where }) => (where === 'body' ? 'own' : 'foreign');
const unknown: Choose = ({ where }) => (where === 'body' ? 'own' : 'unknown');

/** Requests the same route by other methods, other spellings of its path, and headers that claim another method. */
export async function probeSurface(probe: RouteProbe): Promise<void> {
  if (probe.hasFound('foreign-read', 'foreign-write', 'hidden-write', 'mixed-parents', 'unfiltered-list', 'cache-leak'))
    return;
  const hasIds = probe.places.some(({ where }) => where !== 'body');
  for (const [what, changes] of variantsOf(probe)) {
    if (hasIds && (await probeForeign(probe, what, changes))) return;
    if (changes.method !== 'OPTIONS' && (await probeAnonymous(probe, what, changes))) return;
  }
}

function variantsOf({ route, isSafe }: RouteProbe): readonly (readonly [string, Changes])[] {
  const { method } = route;
  const claimed = {
    headers: { 'X-HTTP-Method-Override': method, 'X-Method-Override': method, 'X-HTTP-Method': method },
    query: { _method: method },
  };
  const carriers = ['GET', 'POST'].filter((carrier) => !isSafe && carrier !== method);
  return [
    ...(isSafe ? [['by HEAD', { method: 'HEAD' }] as const] : []),
    ['by OPTIONS', { method: 'OPTIONS' }],
    ['with a slash at the end', { hasTrailingSlash: true }],
    ['in upper case', { hasUpperCasePath: true }],
    ...carriers.map(
      (carrier) => [`by ${carrier} that claims to be ${method}`, { ...claimed, method: carrier }] as const,
    ),
  ];
}

async function probeForeign(probe: RouteProbe, what: string, changes: Changes): Promise<boolean> {
  const trial = await probe.attempt(foreign, changes);
  if (changes.method !== undefined && (await isClaimIgnored(probe, trial, changes.method))) return false;
  const fault = trial.hasWritten
    ? 'what is stored for B changed'
    : trial.trace !== undefined
      ? `the answer ${describeTrace(trial)}`
      : await findDifference(probe, changes);
  if (fault === undefined) return false;
  probe.report('surface-bypass', trial, `${what}, with B's ids, ${fault}`);
  return true;
}

/** Returns whether a claimed method had no effect: the carrying method by itself is probed on its own route. */
async function isClaimIgnored(probe: RouteProbe, claimed: Trial, method: string): Promise<boolean> {
  if (method === 'HEAD' || method === 'OPTIONS') return false;
  const plain = await probe.attempt(foreign, { method });
  return plain.hasWritten === claimed.hasWritten && plain.answer.status === claimed.answer.status;
}

/** Compares foreign with unknown ids, unless they differ without the change as well, which is already reported. */
async function findDifference(probe: RouteProbe, changes: Changes): Promise<string | undefined> {
  if (probe.hasFound('existence-oracle')) return undefined;
  const difference = await probe.compare(
    () => probe.attempt(foreign, changes),
    () => probe.attempt(unknown, changes),
  );
  return difference === undefined ? undefined : `${difference} (for unknown ids)`;
}

/** Counts only answers that serve objects: many applications answer 200 to any path that they do not know. */
async function probeAnonymous(probe: RouteProbe, what: string, changes: Changes): Promise<boolean> {
  if (probe.hasFound('missing-token')) return false;
  const trial = await probe.attempt(own, changes, 'none', 'both');
  const hasServed = trial.isSuccess && (trial.trace !== undefined || (await answersTheSame(probe, changes, trial)));
  if (!hasServed && !trial.hasWritten) return false;
  const seen = trial.hasWritten ? 'what is stored changed' : `the answer was ${statusOf(trial)}`;
  probe.report('surface-bypass', trial, `${what}, without a token, ${seen}`);
  return true;
}

async function answersTheSame(probe: RouteProbe, changes: Changes, anonymous: Trial): Promise<boolean> {
  if (!probe.isSafe) return false;
  const owner = await probe.attempt(own, { ...changes, hasTrailingSlash: false, hasUpperCasePath: false });
  return (
    owner.isSuccess && owner.answer.status === anonymous.answer.status && owner.answer.body === anonymous.answer.body
  );
}
