export interface Probe {
  request: string;
  /** No token, or one with these scopes for this organization. */
  token?: { scopes: string[]; org?: string };
  status: number;
  challenge?: RegExp;
}

const projects: Probe[] = [
  { request: 'GET /projects', status: 401, challenge: /^Bearer\b/ },
  { request: 'GET /projects', token: { scopes: ['projects:read'], org: 'org_1' }, status: 200 },
  {
    request: 'GET /projects',
    token: { scopes: ['invoices:read'], org: 'org_1' },
    status: 403,
    challenge: /insufficient_scope/,
  },
];

/** Behind Passport alone: who is calling, and no rule of scopes. */
const callers: Probe[] = [
  { request: 'GET /projects', status: 401, challenge: /^Bearer realm="api"$/ },
  { request: 'GET /projects', token: { scopes: ['projects:read'], org: 'org_1' }, status: 200 },
];

/** For each named block that listens: what is asked of it, and what it must answer. */
export const listeningBlocks: Record<string, Probe[]> = {
  'authorization-server-quick-start': [
    { request: 'GET /health/ready', status: 200 },
    { request: 'GET /connect/applications', status: 401, challenge: /^Bearer$/ },
  ],
  'quick-start': projects,
  'express-quick-start': projects,
  'express-organizations': [
    { request: 'GET /health', status: 200 },
    { request: 'GET /projects/p1', status: 401, challenge: /^Bearer realm="api"$/ },
    { request: 'GET /projects/p1', token: { scopes: [], org: 'org_1' }, status: 200 },
    { request: 'GET /projects/p1', token: { scopes: [], org: 'org_2' }, status: 404 },
    { request: 'GET /projects/p2', token: { scopes: [], org: 'org_2' }, status: 404 },
  ],
  'nest-organizations': [
    { request: 'GET /projects', token: { scopes: [], org: 'org_2' }, status: 200 },
    { request: 'GET /projects/p1', token: { scopes: [], org: 'org_1' }, status: 200 },
    { request: 'GET /projects/p1', token: { scopes: [], org: 'org_2' }, status: 404 },
  ],
  'nest-overview': projects,
  'nest-quick-start': [...projects, { request: 'GET /projects/health', status: 200 }],
  'passport-quick-start': callers,
};
