import { AuditOverflowError, createAuditTrail, PartialWriteError } from '@connect-auth/audit';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { memorySink, read } from './memory-sink.js';

const seed = Number(process.env.FC_SEED ?? 20_260_101);

/** What a sink does when it is called. */
const behaviour = fc.constantFrom('takes', 'takes', 'fails', 'takes half');
/** How many events are recorded before the sink gets a turn. */
const bursts = fc.array(fc.nat(12), { minLength: 1, maxLength: 8 });

const idsOf = (events: readonly { id: string; action: string }[]) =>
  events.filter(({ action }) => action !== 'audit.dropped').map(({ id }) => id);

test(`every event is written, or counted as lost, and told of (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(behaviour),
      bursts,
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(2),
      async (behaviours, sizes, capacity, maxBatch, retries) => {
        const turns = behaviours.values();
        const written: { id: string; action: string; dropped?: { count: number } }[] = [];
        let lost = 0;
        const sink = memorySink('sink', undefined, {
          maxBatch,
          write: async (events) => {
            await undefined;
            expect(events.length).toBeLessThanOrEqual(maxBatch);
            const turn = turns.next().value ?? 'takes';
            const taken = turn === 'takes' ? events.length : turn === 'fails' ? 0 : Math.floor(events.length / 2);
            written.push(...events.slice(0, taken));
            if (turn === 'takes half') throw new PartialWriteError(events.slice(taken));
            if (turn === 'fails') throw new Error('no');
          },
        });
        const trail = createAuditTrail({
          operator: [sink],
          queue: { capacity },
          retries,
          retryDelayMs: 0,
          // The pauses are over at once, the limits never.
          after: (ms, action) => {
            const timer = ms === 0 ? setImmediate(action) : undefined;
            return () => clearImmediate(timer);
          },
          onError: ({ events, cause }) => {
            if (!(cause instanceof AuditOverflowError)) lost += events;
          },
        });
        const recorded: string[] = [];
        for (const size of sizes) {
          for (let at = 0; at < size; at += 1) recorded.push(trail.record(read(`${at}`)));
          expect(trail.stats().queued).toBeLessThanOrEqual(capacity + 1);
          await undefined;
        }
        await trail.close();
        const stats = trail.stats();
        const ids = idsOf(written);
        // None twice, since this sink says truly what it wrote; none out of nowhere.
        expect(new Set(ids).size).toBe(ids.length);
        expect(recorded).toEqual(expect.arrayContaining(ids));
        const told = written.filter(({ action }) => action === 'audit.dropped');
        expect(stats.queued).toBe(0);
        expect(stats.written).toBe(written.length);
        expect(lost).toBe(stats.failed);
        const missing = recorded.length - ids.length;
        const toldOf = told.reduce((sum, { dropped }) => sum + (dropped?.count ?? 0), 0);
        if (stats.failed === 0) expect([missing, toldOf]).toEqual([stats.dropped, stats.dropped]);
        // What failed may have been the word of a loss.
        else expect(missing).toBeLessThanOrEqual(stats.dropped + stats.failed);
        expect(toldOf).toBeLessThanOrEqual(stats.dropped);
      },
    ),
    { seed, numRuns: 400 },
  );
});
