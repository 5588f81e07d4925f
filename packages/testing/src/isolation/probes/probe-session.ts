import { isDeepStrictEqual } from 'node:util';
import { type Answer, isSuccess, textOf } from '../answers/answer.js';
import { featuresOf } from '../answers/answer-features.js';
import type { IsolationFixtures } from '../fixtures/isolation-fixtures.js';
import { type Bearer, createTokenFinder } from '../fixtures/mint-tokens.js';
import { type PlannedRequest, requestText, targetOf } from '../request/planned-request.js';
import { sendRequest } from '../request/send-request.js';
import { createSeeder, type Seeder, type Side } from '../scene/seed-objects.js';

/** One request, its answer, and its effects. */
export interface Trial {
  readonly request: PlannedRequest;
  readonly bearer: Bearer;
  readonly answer: Answer;
  readonly isSuccess: boolean;
  /** A text of the watched organizations' objects that was in the answer, but not in the request. */
  readonly trace: string | undefined;
  /** Whether the request changed what is stored for them. */
  readonly hasWritten: boolean;
  readonly features: ReadonlyMap<string, string>;
}

/** The organization of which a request must learn and change nothing; `both` for one that nobody may make. */
export type Watched = Side | 'both';

/** The state that all probes share: the connection to the application, and the knowledge of whose a text is. */
export interface ProbeSession<Objects> extends Pick<Seeder<Objects>, 'seed'> {
  readonly fixtures: IsolationFixtures<Objects>;
  /** Sends a request, and records what it learns and changes of the watched organizations. */
  readonly attempt: (request: PlannedRequest, bearer: Bearer, watched: Watched) => Promise<Trial>;
  readonly requests: () => number;
  /** Whether any answer so far held something of its owner's objects. */
  readonly hasSeenOwner: () => boolean;
}

export function createSession<Objects>(fixtures: IsolationFixtures<Objects>, port: number): ProbeSession<Objects> {
  const { seed, findTrace } = createSeeder(fixtures);
  const findToken = createTokenFinder(fixtures);
  const destination = { port, requestTimeoutMs: fixtures.requestTimeoutMs ?? 10_000 };
  let requests = 0;
  let hasSeenOwner = false;

  const takeSnapshots = async (sides: readonly Side[]): Promise<readonly unknown[]> => {
    const taken: unknown[] = [];
    // Copies: later changes by the application must not reach them.
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
      const answer = await sendRequest(destination, request, token);
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
        // The token is masked, so that none gets into a report.
        features: featuresOf(answer, [[token ?? '', '<token>'], ...echoesOf(request)]),
      };
    },
  };
}

/** Returns the texts of a request that its answer may repeat. The whole path goes first: an id replaced in it would hide it. */
function echoesOf(request: PlannedRequest): readonly (readonly [string, string])[] {
  const target = targetOf(request);
  const ids = Object.entries(request.ids).flatMap(([name, id]) => [
    [id, `<${name}>`] as const,
    [encodeURIComponent(id), `<${name}>`] as const,
  ]);
  return [[target, '<url>'], [request.path, '<url>'], ...ids];
}
