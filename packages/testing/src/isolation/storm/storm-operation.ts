import { request as openRequest } from 'node:http';
import { textOf } from '../answers/answer.js';
import { openApp } from '../app/open-app.js';
import type { PlannedRequest } from '../request/planned-request.js';
import { sendRequest, type Wire } from '../request/send-request.js';
import type { LeakStormOptions, StormOrg, StormRequest } from './leak-storm-options.js';

/** What an operation came to. `aborted`: nobody waited for it. */
type StormOutcome = { readonly saw: unknown } | { readonly failed: unknown } | 'aborted';

/** What a storm is made of, and how to let go of it. */
export interface StormTarget {
  readonly operate: (org: StormOrg, turn: number) => Promise<StormOutcome>;
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

function requestFrom({ orgs, requests = [], abortEvery = 10 }: LeakStormOptions, wire: Wire): StormTarget['operate'] {
  return async (org, turn) => {
    // Each organization comes to every request, and neighbours in time are of different organizations.
    const chosen = requests[Math.floor(turn / orgs.length) % requests.length] as StormRequest;
    const planned = planStormRequest(chosen, org);
    const token = typeof org.token === 'function' ? await org.token() : org.token;
    if (abortEvery > 0 && turn % abortEvery === abortEvery - 1) {
      await leaveEarly(wire, planned, token);
      return 'aborted';
    }
    try {
      const answer = await sendRequest(wire, planned, token);
      const isServed = answer.isComplete && answer.status < 500;
      return isServed ? { saw: textOf(answer) } : { failed: textOf(answer) };
    } catch (failed) {
      return { failed };
    }
  };
}

const planStormRequest = (
  { method = 'GET', path, headers = {}, body }: StormRequest,
  org: StormOrg,
): PlannedRequest => ({
  method,
  path: typeof path === 'function' ? path(org) : path,
  query: {},
  headers,
  body: body?.(org),
  ids: {},
});

/** Sends a request as a whole and cuts the connection, so that the application works for nobody. */
function leaveEarly({ port }: Wire, planned: PlannedRequest, token: string | undefined): Promise<void> {
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
