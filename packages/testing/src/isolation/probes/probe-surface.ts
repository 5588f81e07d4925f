import type { Changes } from '../scene/plan-request.js';
import type { Trial } from './probe-bench.js';
import { describeTrace, statusOf } from './probe-control.js';
import { type Choose, own, type RouteProbe } from './route-probe.js';

const foreign: Choose = ({ where }) => (where === 'body' ? 'own' : 'foreign');
const unknown: Choose = ({ where }) => (where === 'body' ? 'own' : 'unknown');

/** The same route by other methods, other spellings of its path, and headers that claim another method. */
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
  if (changes.method !== undefined && (await isIdle(probe, trial, changes.method))) return false;
  const fault = trial.hasWritten
    ? 'what is stored for B changed'
    : trial.trace !== undefined
      ? `the answer ${describeTrace(trial)}`
      : await findDifference(probe, changes);
  if (fault === undefined) return false;
  probe.report('surface-bypass', trial, `${what}, with B's ids, ${fault}`);
  return true;
}

/** Whether a claimed method came to nothing: what the carrying method does by itself is a matter of its own route. */
async function isIdle(probe: RouteProbe, claimed: Trial, method: string): Promise<boolean> {
  if (method === 'HEAD' || method === 'OPTIONS') return false;
  const plain = await probe.attempt(foreign, { method });
  return plain.hasWritten === claimed.hasWritten && plain.answer.status === claimed.answer.status;
}

/** A difference that is there without the change too has been told, or was found to be none. */
async function findDifference(probe: RouteProbe, changes: Changes): Promise<string | undefined> {
  if (probe.hasFound('existence-oracle')) return undefined;
  const difference = await probe.compare(
    () => probe.attempt(foreign, changes),
    () => probe.attempt(unknown, changes),
  );
  return difference === undefined ? undefined : `${difference} (for unknown ids)`;
}

/** Only what serves objects counts: many an application answers 200 to any path that it does not know. */
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
