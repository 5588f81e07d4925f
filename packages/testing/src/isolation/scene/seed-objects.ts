import { randomBytes } from 'node:crypto';
import type { IsolationFixtures, SeededOrg } from '../fixtures/isolation-fixtures.js';

export type Side = 'a' | 'b';

/** Objects of one organization, as `seed` returned them. */
export interface Seeded<Objects> {
  readonly org: SeededOrg;
  readonly objects: Objects;
}

/** Makes objects, and recognizes their texts afterwards. */
export interface Seeder<Objects> {
  readonly seed: (side: Side) => Promise<Seeded<Objects>>;
  /** Finds a text of that side's objects in `text` that a sender of `known` could not have known. */
  readonly findTrace: (side: Side, text: string, known: string) => string | undefined;
}

/** Shorter texts may occur anywhere by chance. */
const shortestTrace = 8;
/** Times are no traces: two organizations may well do something in the same second. */
const timeText = /^\d{4}-\d\d-\d\d|^[A-Za-z]{3}, \d\d [A-Za-z]{3} \d{4}/;

export function createSeeder<Objects>({ orgs, seed }: IsolationFixtures<Objects>): Seeder<Objects> {
  const texts: Record<Side, Set<string>> = {
    a: new Set([orgs.a.id.toLowerCase()]),
    b: new Set([orgs.b.id.toLowerCase()]),
  };

  return {
    seed: async (side) => {
      const org = { ...orgs[side], canary: `canary${randomBytes(12).toString('hex')}` };
      const objects = await seed(org);
      texts[side].add(org.canary);
      for (const text of textsIn(objects)) texts[side].add(text.toLowerCase());
      return { org, objects };
    },
    findTrace: (side, text, known) => {
      const other = texts[side === 'a' ? 'b' : 'a'];
      for (const trace of texts[side]) {
        if (trace.length >= shortestTrace && text.includes(trace) && !other.has(trace) && !known.includes(trace)) {
          return trace;
        }
      }
      return undefined;
    },
  };
}

function textsIn(value: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof value === 'string') return timeText.test(value) ? [] : [value];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  return Object.values(value).flatMap((member) => textsIn(member, seen));
}
