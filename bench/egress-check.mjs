// What the look at a list of 500 rows costs before it is sent: by itself, and in the throughput of a route.
import { createTestIssuer } from '@connect-auth/testing';
import { calls } from './egress-calls.mjs';
import { measureCalls } from './measure-calls.mjs';
import { measureShares } from './measure-shares.mjs';

await measureCalls({ title: 'A list of 500 rows', module: './egress-calls.mjs', names: Object.keys(calls) });

const issuer = await createTestIssuer({ port: 0, lifetimeSeconds: 3600 });
const token = issuer.token({ org: 'org_bench' });
await measureShares({
  title: 'Express 5 behind connectAuth() and requireOrg(), a list of 500 rows',
  script: 'egress-server.mjs',
  names: ['unchecked', 'orgEgress()'],
  env: { ISSUER: issuer.issuer, AUDIENCE: issuer.audience, ORG_ID: 'org_bench' },
  tokensFor: () => [token],
});
await issuer.close();
