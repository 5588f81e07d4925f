import { isDeepStrictEqual } from 'node:util';
import { type Answer, isSuccess, textOf } from '../answers/answer.js';
import { featuresOf } from '../answers/answer-features.js';
import type { IsolationFixtures } from '../fixtures/isolation-fixtures.js';
import { type Bearer, createTokenFinder } from '../fixtures/mint-tokens.js';
import { type PlannedRequest, requestText, targetOf } from '../request/planned-request.js';
import { sendRequest } from '../request/send-request.js';
import { createSeeder, type Seeder, type Side } from '../scene/seed-objects.js';

/** One request, its answer, and what came of it. */
export interface Trial {
  readonly request: PlannedRequest;
  readonly bearer: Bearer;
  readonly answer: Answer;
  readonly isSuccess: boolean;
  /** What the answer holds of the objects of those who were watched, and the request did not. */
  readonly trace: string | undefined;
  /** Whether what is stored for them is another afterwards. */
  readonly hasWritten: boolean;
  readonly features: ReadonlyMap<string, string>;
}

/** `both` for a request that nobody may make. */
export type Watched = Side | 'both';

/** What all probes share: the way to the application, and the knowledge of whose is what. */
export interface ProbeBench<Objects> extends Pick<Seeder<Objects>, 'seed'> {
  readonly fixtures: IsolationFixtures<Objects>;
  /** Sends a request, and watches those of whom it must learn nothing, and to whom it must do nothing. */
  readonly attempt: (request: PlannedRequest, bearer: Bearer, watched: Watched) => Promise<Trial>;
  readonly requests: () => number;
  /** Whether any answer so far held something of its owner's objects. */
  readonly hasSeenOwner: () => boolean;
}

export function createBench<Objects>(fixtures: IsolationFixtures<Objects>, port: number): ProbeBench<Objects> {
  const { seed, findTrace } = createSeeder(fixtures);
  const findToken = createTokenFinder(fixtures);
  const wire = { port, requestTimeoutMs: fixtures.requestTimeoutMs ?? 10_000 };
  let requests = 0;
  let hasSeenOwner = false;

  const takeSnapshots = async (sides: readonly Side[]): Promise<readonly unknown[]> => {
    const taken: unknown[] = [];
    // Copies: what the application goes on to change must not change with them.
    for (const side of sides) taken.push(structuredClone(await fixtures.snapshot?.({ id: fixtures.orgs[side].id })));
    return taken;
  };

  return {
    fixtures,
    seed,
    requests: () => requests,
    hasSeenOwner: () => hasSeenOwner,
    attempt: async (request, bearer, watched) => {
      const sides: readonly Side[] = watched === 'both' ? ['a', 'b'] : [watched];
      const before = await takeSnapshots(sides);
      requests += 1;
      const token = await findToken(bearer);
      const answer = await sendRequest(wire, request, token);
      const after = await takeSnapshots(sides);
      const text = textOf(answer);
      const known = requestText(request);
      if (bearer === 'a' && findTrace('a', text, known) !== undefined) hasSeenOwner = true;
      return {
        request,
        bearer,
        answer,
        isSuccess: isSuccess(answer),
        trace: sides.map((side) => findTrace(side, text, known)).find((trace) => trace !== undefined),
        hasWritten: !isDeepStrictEqual(before, after),
        features: featuresOf(answer, [[token ?? '', '<token>'], ...echoesOf(request)]),
      };
    },
  };
}

/** The path as a whole goes first: an id that is replaced within it would hide it. No token may come into a report. */
function echoesOf(request: PlannedRequest): readonly (readonly [string, string])[] {
  const target = targetOf(request);
  const ids = Object.entries(request.ids).flatMap(([name, id]) => [
    [id, `<${name}>`] as const,
    [encodeURIComponent(id), `<${name}>`] as const,
  ]);
  return [[target, '<url>'], [request.path, '<url>'], ...ids];
}
