import { setImmediate } from 'node:timers/promises';
import { runWithAuth } from '@connect-auth/core/adapter';
import { expect, test } from '@jest/globals';
import { currentOrg, findCurrentOrg, OrgContextError, withOrg } from '../../src/index.js';
import { callerOf } from './caller.js';

const waits: readonly (() => Promise<unknown>)[] = [
  async () => undefined,
  () => Promise.resolve(),
  () => setImmediate(),
  () => new Promise<void>((resolve) => process.nextTick(resolve)),
  () => new Promise<void>((resolve) => setTimeout(resolve, 0)),
  () => Promise.allSettled([setImmediate(), Promise.reject(new Error('elsewhere'))]),
];

/** Numbers that look like chance and are the same at every run. */
function* numbersFrom(seed: number) {
  for (let state = seed; ; state = (state * 1_103_515_245 + 12_345) % 2 ** 31) yield Math.floor(state / 65_536);
}

test('10,000 frames of 50 organizations at once, of callers and of jobs, with errors between: no mix-up', async () => {
  const numbers = numbersFrom(20_260_101);
  const choose = () => numbers.next().value as number;
  const foreign: unknown[] = [];
  const outcomes = { done: 0, failed: 0, refused: 0 };

  const work = async (orgId: string, steps: readonly number[]) => {
    for (const step of steps) {
      await waits[step % waits.length]?.();
      if (currentOrg() !== orgId) foreign.push([orgId, currentOrg()]);
      if (step % 29 === 0) throw new Error('injected');
      if (step % 31 === 0) await withOrg(`${orgId}x`, async () => foreign.push([orgId, 'let in']));
    }
  };
  const frame = async (at: number) => {
    const orgId = `org_${at % 50}`;
    const steps = Array.from({ length: 1 + (choose() % 6) }, choose);
    const isJob = choose() % 2 === 0;
    try {
      await (isJob ? withOrg(orgId, () => work(orgId, steps)) : runWithAuth(callerOf(orgId), () => work(orgId, steps)));
      outcomes.done += 1;
    } catch (error) {
      outcomes[error instanceof OrgContextError ? 'refused' : 'failed'] += 1;
    }
    if (findCurrentOrg() !== undefined) foreign.push([orgId, 'left behind']);
  };

  await Promise.all(Array.from({ length: 10_000 }, (_, at) => frame(at)));
  expect(foreign).toEqual([]);
  expect(outcomes.done + outcomes.failed + outcomes.refused).toBe(10_000);
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(500);
});
