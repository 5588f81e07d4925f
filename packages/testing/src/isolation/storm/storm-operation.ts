import { request as openRequest } from 'node:http';
import { textOf } from '../answers/answer.js';
import { openApp } from '../app/open-app.js';
import type { SeededOrg } from '../fixtures/isolation-fixtures.js';
import type { PlannedRequest } from '../request/planned-request.js';
import { type Destination, sendRequest } from '../request/send-request.js';
import type { LeakStormOptions, StormRequest } from './leak-storm-options.js';

/** The outcome of an operation. `aborted`: nobody waited for it. */
type StormOutcome = { readonly saw: unknown } | { readonly failed: unknown } | 'aborted';

/** The target of a storm, and the way to close it. */
export interface StormTarget {
  readonly operate: (org: SeededOrg, turn: number) => Promise<StormOutcome>;
  readonly close: () => Promise<void>;
}

export async function openTarget(options: LeakStormOptions): Promise<StormTarget> {
  const { operation } = options;
  if (operation !== undefined) {
    return {
      operate: async (org, turn) => {
        try {
          return { saw: await operation(org, turn) };
        } catch (failed) {
          return { failed };
        }
      },
      close: async () => undefined,
    };
  }
  const { port, close } = await openApp(options.app);
  return { operate: requestFrom(options, { port, requestTimeoutMs: 30_000 }), close };
}

function requestFrom(
  { orgs, requests = [], abortEvery = 10 }: LeakStormOptions,
  to: Destination,
): StormTarget['operate'] {
  return async (org, turn) => {
    // Each organization sends every request, and consecutive requests are from different organizations.
    const chosen = requests[Math.floor(turn / orgs.length) % requests.length] as StormRequest;
    const planned = planStormRequest(chosen, org);
    const token = typeof org.token === 'function' ? await org.token() : org.token;
    if (abortEvery > 0 && turn % abortEvery === abortEvery - 1) {
      await leaveEarly(to, planned, token);
      return 'aborted';
    }
    try {
      const answer = await sendRequest(to, planned, token);
      const isServed = answer.isComplete && answer.status < 500;
      return isServed ? { saw: textOf(answer) } : { failed: textOf(answer) };
    } catch (failed) {
      return { failed };
    }
  };
}

const planStormRequest = (
  { method = 'GET', path, headers = {}, body }: StormRequest,
  org: SeededOrg,
): PlannedRequest => ({
  method,
  path: typeof path === 'function' ? path(org) : path,
  query: {},
  headers,
  body: body?.(org),
  ids: {},
});

/** Sends a whole request and cuts the connection, so that the application works for nobody. */
function leaveEarly({ port }: Destination, planned: PlannedRequest, token: string | undefined): Promise<void> {
  return new Promise((resolve) => {
    const body = planned.body === undefined ? undefined : JSON.stringify(planned.body);
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...planned.headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const { method, path } = planned;
    const outgoing = openRequest({ host: '127.0.0.1', port, method, path, headers, agent: false });
    outgoing.once('close', () => resolve());
    outgoing.once('error', () => undefined);
    outgoing.end(body, () => setImmediate(() => outgoing.destroy()));
  });
}
