import type { AuditTrail } from '@connect-auth/audit';
import {
  authErrorHandler,
  type ConnectAuthHandler,
  type ConnectAuthOptions,
  checkOrgRoutes,
  connectAuth,
  orgAudit,
  orgEgress,
  orgExempt,
  protectedResourceMetadata,
  requireOrg,
  requireScopes,
} from '@connect-auth/express';
import { orgRefusalOf } from '@connect-auth/postgres';
import express, { type Express } from 'express';
import type { Database } from 'walled-database';
import { answerErrors } from './answer-errors.js';
import { listActivity } from './list-activity.js';
import { projectRoutes } from './project-routes.js';

export interface AppOptions {
  /** The URL of this API, as its clients know it. */
  readonly resource: string;
  /** The issuer whose tokens it accepts. */
  readonly issuer: string;
  readonly database: Database;
  /** The audit trail. */
  readonly trail: AuditTrail;
  /** How tokens are verified. Default: from the environment. */
  readonly auth?: ConnectAuthOptions;
}

/** An API over the projects of several organizations. Each caller sees the organization that its token acts for. */
export function createApp(options: AppOptions): Express & { connectAuth: ConnectAuthHandler } {
  const { resource, issuer, database, trail, auth } = options;
  const app = express();
  const authenticate = connectAuth(auth);

  // Public: whether the API is up, and who issues its tokens (RFC 9728).
  app.get('/health', orgExempt('says nothing about anybody’s data'), (_req, res) => {
    const { ready } = authenticate.verifier.health();
    res.json({ status: 'up', keys: ready ? 'loaded' : 'not loaded yet' });
  });
  app.use(
    protectedResourceMetadata({
      resource,
      authorizationServers: [issuer],
      scopesSupported: ['projects:read', 'projects:write', 'activity:read'],
      resourceName: 'Projects',
    }),
  );

  // From here on every request is recorded, needs a valid token of an organization, and has its response checked.
  app.use(orgAudit(trail), authenticate, requireOrg(), orgEgress());
  // Whatever its content type: a body that is not JSON is answered 400.
  app.use(express.json({ type: () => true }));

  app.get('/whoami', (req, res) => {
    const { orgId, actor, scopes, verifiedBy } = req.auth;
    res.json({ organization: orgId, actor, scopes: [...scopes], verifiedBy });
  });

  app.use(projectRoutes(database));

  app.get('/activity', requireScopes('activity:read'), async (_req, res) => {
    res.json(await listActivity(database));
  });

  // Refusals by the wall and by foreign keys are answered 404 and 422.
  app.use(authErrorHandler({ refusalOf: orgRefusalOf }), answerErrors);

  // Throws if a route does not declare its organization, such as one added above.
  checkOrgRoutes(app);
  return Object.assign(app, { connectAuth: authenticate });
}
