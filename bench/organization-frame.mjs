// What the frame of an organization costs a request, and what the guards on its routes cost.
import { createTestIssuer } from '@connect-auth/testing';
import { measureCalls } from './measure-calls.mjs';
import { measureShares } from './measure-shares.mjs';
import { routes as nestRoutes } from './nest-organization-routes.mjs';
import { routes } from './organization-routes.mjs';

const orgId = 'org_bench';
const module = './frame-calls.mjs';
await measureCalls({
  title: 'The frame by itself',
  module,
  names: ['an async function', 'withOrg()', 'withOrg(), currentOrg()'],
});
await measureCalls({ title: 'Awaits in a frame', module, names: ['100 awaits', 'withOrg(), 100 awaits'] });

const issuer = await createTestIssuer({ port: 0, lifetimeSeconds: 3600 });
const tokens = Array.from({ length: 20 }, () => issuer.token({ org: orgId }));
const common = {
  env: { ISSUER: issuer.issuer, AUDIENCE: issuer.audience, ORG_ID: orgId },
  path: `/orgs/${orgId}/projects/project_1`,
  tokensFor: () => tokens,
};
await measureShares({
  title: `Express 5, the route of an organization's project, ${tokens.length} warm RS256 tokens`,
  script: 'organization-server.mjs',
  names: Object.keys(routes),
  ...common,
});
await measureShares({
  title: `Nest 12 on Express 5, the same route, ${tokens.length} warm RS256 tokens`,
  script: 'nest-organization-server.mjs',
  names: Object.keys(nestRoutes),
  ...common,
});
await issuer.close();
