import { org } from './memory-sink.js';

/** What happened, with all that can be said of it. */
export const full = {
  org: org('org_a'),
  actor: { type: 'user', id: 'user_1' },
  application: { client_id: 'client_1' },
  credential: { jti_sha256: 'hash', kid: 'key_1', iat: 1, exp: 2 },
  action: 'project.read',
  decision: 'deny',
  reason: 'org_mismatch',
  targets: [{ type: 'project', id: '7' }],
  http: {
    method: 'GET',
    route: '/projects/:id',
    status: 404,
    request_id: 'req_1',
    trace_id: 'trace_1',
    duration_ms: 3,
  },
  network: { ip: '203.0.113.7', user_agent: 'agent' },
  isolation: { layer: 'loader', rule: 'orgOwned' },
  cross_org: { orgs: ['org_a', 'org_b'], grant: 'g', reason: 'r' },
  owner_org: 'org_b',
  environment_id: 'production',
  details: { scope: 'a b', expires_at: 3, changed: ['name', 'scopes'] },
} as const;
