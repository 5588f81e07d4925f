import { type AuditEvent, createAuditTrail, functionSink } from '@connect-auth/audit';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import {
  connectAuth,
  type OrgAuditOptions,
  orgAudit,
  orgEgress,
  orgOwned,
  orgParam,
  requireScopes,
} from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { bearer } from '../open-issuer.js';
import { ask } from '../organization/ask.js';
import { openWorld, type World } from '../organization/open-org-api.js';
import { listen } from '../wire/send-bytes.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const rows = new Map([
  ['p_A', { id: 'p_A', org_id: 'org_A' }],
  ['p_B', { id: 'p_B', org_id: 'org_B' }],
]);

describe.each(expressVersions)('%s', (name, express) => {
  async function open(options?: OrgAuditOptions, queue?: { capacity: number; overflow: 'refuse' }, stuck = false) {
    const [callers, operators]: [AuditEvent[], AuditEvent[]] = [[], []];
    const keep = (events: AuditEvent[]) => async (event: AuditEvent) => {
      if (stuck) await new Promise(() => undefined);
      events.push(event);
    };
    const trail = createAuditTrail({
      sinks: [functionSink(keep(callers), 'callers')],
      operator: [functionSink(keep(operators), 'operators')],
      ...(queue && { queue }),
      ...(stuck && { closeTimeoutMs: 1, onError: () => undefined }),
    });
    const app: Express = express();
    const router = express.Router({ mergeParams: true });
    const project = orgOwned('project', (id: string) => rows.get(id));
    router.get('/projects/:id', project, (req, res) => void res.json(project.of(req)));
    router.get('/scoped', requireScopes('admin'), ((_req, res) => void res.end()) as RequestHandler);
    router.get('/leak', (_req, res) => void res.json(rows.get('p_B')));
    const tasks = express.Router();
    tasks.get('/', (_req, res) => void res.json([]));
    router.use('/tasks', tasks);
    app.use(orgAudit(trail, options), connectAuth(world.trust()), orgEgress());
    app.use('/orgs/:orgId', orgParam('orgId'), router);
    app.use(((_error, _req, res, _next) => void res.status(500).end()) as ErrorRequestHandler);
    const port = await listen(app);
    closing.push(() => trail.close());
    const get = (path: string, headers: Record<string, string> = bearer(world.tokens.A)) =>
      ask(port, path, { headers });
    return { get, trail, callers, operators };
  }
  const route = name === 'Express 5' ? '/orgs/:orgId/projects/:id' : '/orgs/org_A/projects/:id';

  test('what is let in is on record, with whose it is, what it was and no token', async () => {
    const { get, trail, callers, operators } = await open();
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const headers = { ...bearer(world.tokens.A), 'x-request-id': 'r-1', traceparent, 'user-agent': 'test/1' };
    expect((await get('/orgs/org_A/projects/p_A?secret=1', headers)).status).toBe(200);
    await trail.flush();
    expect(operators).toEqual([
      {
        v: 1,
        id: expect.any(String),
        occurred_at: expect.any(String),
        org: { id: 'org_A', source: 'token.org_id' },
        actor: { type: expect.any(String), id: expect.any(String) },
        application: { client_id: expect.any(String) },
        credential: expect.objectContaining({ exp: expect.any(Number) }),
        action: 'project.read',
        decision: 'allow',
        targets: [{ type: 'project', id: 'p_A' }],
        http: {
          method: 'GET',
          route: expect.stringMatching(/projects\/:id$/),
          status: 200,
          request_id: 'r-1',
          trace_id: 'a'.repeat(32),
          duration_ms: expect.any(Number),
        },
        network: { ip: expect.stringContaining('127.0.0.1'), user_agent: 'test/1' },
      },
    ]);
    expect(callers).toHaveLength(1);
    expect(JSON.stringify([callers, operators])).not.toContain(world.tokens.A.split('.')[2]);
    expect(JSON.stringify([callers, operators])).not.toContain('secret');
    if (name === 'Express 5') expect(operators[0]?.http?.route).toBe(route);
  });

  test('another’s object and none are told apart in the operator’s stream alone', async () => {
    const { get, trail, callers, operators } = await open();
    for (const id of ['p_B', 'p_C']) expect((await get(`/orgs/org_A/projects/${id}`)).status).toBe(404);
    await trail.flush();
    expect(
      operators.map(({ reason, owner_org, targets, isolation }) => [reason, owner_org, targets, isolation]),
    ).toEqual([
      ['org_mismatch', 'org_B', [{ type: 'project', id: 'p_B' }], { layer: 'loader', rule: 'project' }],
      ['not_found', undefined, [{ type: 'project', id: 'p_C' }], { layer: 'loader', rule: 'project' }],
    ]);
    const [foreign, none] = callers.map(({ id: _id, occurred_at: _at, ...seen }) => seen);
    expect(foreign).toEqual(none);
    expect(foreign).toMatchObject({ action: 'project.read', decision: 'deny', reason: 'not_found' });
    expect(JSON.stringify(callers)).not.toContain('org_B');
  });

  test.each<[path: string, headers: () => Record<string, string>, event: object]>([
    ['/orgs/org_A/projects/p_A', () => ({}), { actor: { type: 'anonymous' }, decision: 'deny', reason: 'missing' }],
    [
      '/orgs/org_B/projects/p_B',
      () => bearer(world.tokens.A),
      { org: { id: 'org_A' }, decision: 'deny', reason: 'org_mismatch' },
    ],
    ['/orgs/org_A/scoped', () => bearer(world.tokens.A), { org: { id: 'org_A' }, decision: 'deny', reason: 'scope' }],
    [
      '/orgs/org_A/leak',
      () => bearer(world.tokens.A),
      { decision: 'error', reason: 'org_leak_blocked', owner_org: 'org_B' },
    ],
  ])('%s: what was refused is on record, with who asked', async (path, headers, event) => {
    const { get, trail, operators } = await open();
    await get(path, headers());
    await trail.flush();
    expect(operators).toEqual([expect.objectContaining({})]);
    expect(operators[0]).toMatchObject(event);
  });

  test('the root of a router is on record as the path that it is mounted at', async () => {
    const { get, trail, operators } = await open();
    expect((await get('/orgs/org_A/tasks')).status).toBe(200);
    await trail.flush();
    const mounted = name === 'Express 5' ? '/orgs/:orgId/tasks' : '/orgs/org_A/tasks';
    expect(operators.map(({ http }) => http?.route)).toEqual([mounted]);
  });

  test('the application says what a request does, and its mistakes disturb nobody', async () => {
    const named = await open({ action: () => 'report.export' });
    await named.get('/orgs/org_A/projects/p_A');
    await named.trail.flush();
    expect(named.operators[0]?.action).toBe('report.export');
    const broken = await open({
      action: () => {
        throw new Error('bug');
      },
    });
    expect((await broken.get('/orgs/org_A/projects/p_A')).status).toBe(200);
    await broken.trail.flush();
    expect(broken.operators[0]?.action).toBe('project.read');
  });

  test('where the trail takes no more, a request is answered 503 and not handled', async () => {
    const { get } = await open(undefined, { capacity: 1, overflow: 'refuse' }, true);
    expect((await get('/orgs/org_A/projects/p_A')).status).toBe(200);
    const { status, headers, body } = await get('/orgs/org_A/projects/p_A');
    expect([status, headers['retry-after'], headers['www-authenticate']]).toEqual([503, '1', undefined]);
    expect(JSON.parse(body)).toMatchObject({ status: 503, title: 'Service Unavailable' });
  });
});
