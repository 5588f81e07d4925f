import { type AuditEventInput, createAuditTrail } from '@connect-auth/audit';
import { describe, expect, test } from '@jest/globals';
import { actor, memorySink, org } from './memory-sink.js';

/** What each stream is told of a happening, without what every event has of its own. */
async function told(happening: AuditEventInput) {
  const [customers, operators] = [memorySink('customers'), memorySink('operators')];
  const trail = createAuditTrail({ sinks: [customers], operator: [operators], newId: () => 'id', now: () => 0 });
  trail.record(happening);
  await trail.close();
  return { caller: customers.events, operator: operators.events };
}

const http = { method: 'GET', route: '/projects/:id', request_id: 'req_1', trace_id: 'a'.repeat(32) };
const stamp = { v: 1, id: 'id', occurred_at: '1970-01-01T00:00:00.000Z' };

const foreign: AuditEventInput = {
  org: org('org_a'),
  actor,
  action: 'project.read',
  decision: 'deny',
  reason: 'org_mismatch',
  targets: [{ type: 'project', id: 'project_of_b' }],
  http: { ...http, status: 404, duration_ms: 9 },
  isolation: { layer: 'database', rule: 'org_wall' },
  owner_org: 'org_b',
  environment_id: 'production',
  details: { found: 'project_of_b' },
};
const { owner_org: _owner, ...unowned } = foreign;
const unknown: AuditEventInput = {
  ...unowned,
  reason: 'not_found',
  targets: [{ type: 'project', id: 'project_of_nobody' }],
  http: { ...http, status: 404, duration_ms: 2 },
  isolation: { layer: 'loader', rule: 'orgOwned' },
  details: { found: 'nothing' },
};

describe('what was refused', () => {
  test("is told to the operator as it is, the owner included, and to the customer as 'not found, project'", async () => {
    const { caller, operator } = await told(foreign);
    expect(operator).toEqual([{ ...stamp, ...foreign }]);
    expect(caller).toEqual([
      {
        ...stamp,
        org: org('org_a'),
        actor,
        action: 'project.read',
        decision: 'deny',
        reason: 'not_found',
        targets: [{ type: 'project' }],
        http: { ...http, status: 404 },
        environment_id: 'production',
      },
    ]);
    expect(JSON.stringify(caller)).not.toMatch(/org_b|project_of_b|org_wall|duration/);
  });

  test('is the same to the customer, whether there is such a thing or not', async () => {
    const [ofForeign, ofUnknown] = [await told(foreign), await told(unknown)];
    expect(JSON.stringify(ofForeign.caller)).toBe(JSON.stringify(ofUnknown.caller));
    expect(ofForeign.operator).not.toEqual(ofUnknown.operator);
  });

  test.each([
    ['hidden, over something without a status', { http: undefined }, 'not_found'],
    ['with 403', { http: { ...http, status: 403 } }, 'org_mismatch'],
    ['with 403, for want of a scope', { http: { ...http, status: 403 }, reason: 'scope' }, 'scope'],
    ['with 400', { http: { ...http, status: 400 }, reason: 'org_ambiguous' }, 'org_ambiguous'],
    ['with 404, whatever for', { http: { ...http, status: 404 }, reason: 'of_another' }, 'not_found'],
  ])('has the reason that the caller was given: %s', async (_what, change, reason) => {
    const { http: _http, ...rest } = foreign;
    const changed = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const { caller } = await told({ ...rest, ...changed });
    expect(caller[0]?.reason).toBe(reason);
  });
});

test('what went wrong inside is for the operator alone', async () => {
  const leak: AuditEventInput = {
    ...foreign,
    decision: 'error',
    reason: 'org_leak_blocked',
    http: { ...http, status: 500 },
    isolation: { layer: 'egress', rule: 'orgEgress' },
  };
  const { caller, operator } = await told(leak);
  expect(operator[0]).toMatchObject({ reason: 'org_leak_blocked', owner_org: 'org_b' });
  expect(caller[0]).toMatchObject({ decision: 'error', reason: 'error', targets: [{ type: 'project' }] });
  expect(JSON.stringify(caller)).not.toMatch(/org_b|project_of_b|leak|egress/);
});

test("what was allowed is the customer's own, and told in full", async () => {
  const { isolation: _isolation, ...plain } = unknown;
  const allowed: AuditEventInput = { ...plain, decision: 'allow', reason: 'scope' };
  expect((await told(allowed)).caller).toEqual([{ ...stamp, ...allowed }]);
});

test('a request that was let in and touched what is another’s, is told as one that touched nothing', async () => {
  const named = { decision: 'allow', reason: 'unknown_reference', http: { ...http, status: 422 } } as const;
  const [ofForeign, ofUnknown] = [await told({ ...foreign, ...named }), await told({ ...unknown, ...named })];
  expect(JSON.stringify(ofForeign.caller)).toBe(JSON.stringify(ofUnknown.caller));
  expect(ofForeign.caller[0]).toMatchObject({ reason: 'unknown_reference', targets: [{ type: 'project' }] });
});

test('of a way over the wall, a customer is told nothing of the others', async () => {
  const cross_org = { orgs: ['org_a', 'org_b', 'org_c'], grant: 'billing:read-all', reason: 'monthly invoices' };
  const { isolation: _isolation, ...plain } = unowned;
  const { caller, operator } = await told({ ...plain, decision: 'allow', cross_org });
  expect(caller[0]?.cross_org).toEqual({ ...cross_org, orgs: ['org_a'] });
  expect(operator[0]?.cross_org).toEqual(cross_org);
});

test('an event without an organization is in the log of no customer', async () => {
  const { org: _, ...withoutOrg } = foreign;
  const { caller, operator } = await told(withoutOrg);
  expect(caller).toEqual([]);
  expect(operator).toHaveLength(1);
});

test('of a user agent no more is kept than fits', async () => {
  const { operator } = await told({ ...foreign, network: { ip: '203.0.113.7', user_agent: 'x'.repeat(10_000) } });
  expect(operator[0]?.network).toEqual({ ip: '203.0.113.7', user_agent: 'x'.repeat(512) });
});
