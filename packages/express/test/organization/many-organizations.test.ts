import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { connectAuth, currentAuth, currentOrg, orgEgress, orgOwned, orgParam, withOrg } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { errorKeeper } from '../open-api.js';
import { bearer } from '../open-issuer.js';
import { listen } from '../wire/send-bytes.js';
import { openWorld, type World } from './open-org-api.js';

const [organizations, requests, connections] = [50, 10_000, 40];

let world: World;
let tokens: readonly string[];
beforeAll(async () => {
  world = await openWorld();
  tokens = Array.from({ length: organizations }, (_, at) => world.issuer.token({ org: `org_${at}` }));
});

const waits: readonly (() => Promise<unknown>)[] = [
  async () => undefined,
  () => setImmediate(),
  () => new Promise<void>((resolve) => process.nextTick(resolve)),
  () => Promise.all([setImmediate(), Promise.resolve()]),
];

/** What a request is to do, by its number: the same at every run. */
const planOf = (at: number) => ({
  org: (at * 31) % organizations,
  waits: at % waits.length,
  ends: (['answer', 'answer', 'answer', 'throw', 'foreign', 'conflict', 'abort'] as const)[at % 7],
});

type Outcome = 'own' | 'kept' | 'not found' | 'aborted' | 'other';

describe.each(expressVersions)('%s', (_name, express) => {
  test(`${requests} requests of ${organizations} organizations over ${connections} connections, with errors and aborts between: no mix-up`, async () => {
    const foreign: unknown[] = [];
    const look = (orgId: string) => {
      if (currentOrg() !== orgId || currentAuth().orgId !== orgId) foreign.push([orgId, currentOrg()]);
    };
    const app = express();
    const { errors, keepError } = errorKeeper();
    const thing = orgOwned('thing', async (id) => {
      const orgId = currentOrg();
      await waits[Number(id) % waits.length]?.();
      look(orgId);
      const { org, ends } = planOf(Number(id));
      return { id, org_id: ends === 'foreign' ? `org_${(org + 1) % organizations}` : `org_${org}` };
    });
    const work: RequestHandler = async (req, res, next) => {
      const orgId = thing.of(req).org_id;
      const plan = planOf(Number(req.params.id));
      try {
        for (const wait of [...waits, ...waits.slice(plan.waits)]) {
          await wait();
          look(orgId);
        }
        if (plan.ends === 'throw') throw new Error('injected');
        if (plan.ends === 'conflict') await withOrg(`${orgId}x`, async () => foreign.push([orgId, 'let in']));
        if (plan.ends === 'abort') await once(res, 'close');
        look(orgId);
        res.json({ org_id: currentOrg(), id: thing.of(req).id });
      } catch (error) {
        look(orgId);
        next(error);
      }
    };
    app.get('/orgs/:orgId/things/:id', connectAuth(world.trust()), orgEgress(), orgParam('orgId'), thing, work);
    app.use(keepError);
    const port = await listen(app);

    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    const send = (at: number) =>
      new Promise<Outcome>((resolve) => {
        const { org, ends } = planOf(at);
        const path = `/orgs/org_${org}/things/${at}`;
        const asking = request({ port, host: '127.0.0.1', path, agent, headers: bearer(tokens[org] as string) });
        asking.on('error', () => resolve('aborted'));
        asking.on('response', (response) => {
          let body = '';
          response.on('data', (chunk) => {
            body += chunk;
          });
          response.on('end', () => {
            const { statusCode: status } = response;
            if (status === 200 && body === JSON.stringify({ org_id: `org_${org}`, id: String(at) })) resolve('own');
            else if (status === 500 && body === 'kept') resolve('kept');
            else resolve(status === 404 ? 'not found' : 'other');
          });
        });
        if (ends === 'abort') asking.on('finish', () => globalThis.setImmediate(() => asking.destroy()));
        asking.end();
      });

    // So many at once as make every connection busy, with more waiting for theirs.
    const outcomes: Outcome[] = [];
    let next = 0;
    const sendOn = async () => {
      while (next < requests) {
        const at = next;
        next += 1;
        outcomes[at] = await send(at);
      }
    };
    await Promise.all(Array.from({ length: 2 * connections }, sendOn));
    agent.destroy();

    const expected = {
      answer: 'own',
      throw: 'kept',
      conflict: 'kept',
      foreign: 'not found',
      abort: 'aborted',
    } as const;
    const wrong = outcomes.flatMap((outcome, at) => {
      const { ends = 'answer' } = planOf(at);
      return outcome === expected[ends] ? [] : [[at, ends, outcome]];
    });
    expect([foreign, wrong]).toEqual([[], []]);
    expect(outcomes).toHaveLength(requests);
    expect(new Set(errors.map((error) => (error as Error).message))).toEqual(
      new Set([
        'injected',
        'The work is done for one organization already, and another was asked for: use crossOrg().',
      ]),
    );
  });
});
