import { createVerifier } from '@connect-auth/core';
import { connectAuth, requireScopes } from '@connect-auth/express';
import { createTestIssuer } from '@connect-auth/testing';
import { expectIsolated, type IsolationFixtures } from '@connect-auth/testing/isolation';
import express from 'express';

/** An ES module that uses each package with the types it ships. Type-checked only. */
export async function serve() {
  const issuer = await createTestIssuer({ port: 0 });
  const verifier = createVerifier({ issuer: issuer.issuer, audience: issuer.audience });
  const app = express();
  app.use(connectAuth({ issuer: issuer.issuer, audience: issuer.audience }));
  app.get('/projects', requireScopes('projects:read'), (req, res) => {
    res.json({ organization: req.auth?.orgId });
  });
  const auth = await verifier.verify(await issuer.token({ scopes: ['projects:read'], org: 'org_1' }));
  return auth.subject;
}

export async function probe(app: unknown, fixtures: IsolationFixtures<{ id: string }>) {
  const { coverage } = await expectIsolated(app, fixtures);
  return coverage.probed;
}
