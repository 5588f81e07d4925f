import {
  type ConnectAuthHandler,
  type ConnectAuthOptions,
  connectAuth,
  currentAuth,
  protectedResourceMetadata,
  requireLive,
  requireOrg,
  requireScopes,
} from '@connect-auth/express';
import express, { type Express } from 'express';
import { Projects } from './projects.js';

export interface AppOptions {
  /** The URL of this API, as its clients know it. */
  readonly resource: string;
  /** The issuer whose tokens it accepts. */
  readonly issuer: string;
  /** How tokens are checked. Default: as the environment says. */
  readonly auth?: ConnectAuthOptions;
}

/** An API over the projects of several organizations. Each caller sees the organization that its token acts for. */
export function createApp({ resource, issuer, auth }: AppOptions): Express & { connectAuth: ConnectAuthHandler } {
  const app = express();
  const authenticate = connectAuth(auth);
  const projects = new Projects();

  // For everybody: whether the API is up, and where its tokens come from (RFC 9728).
  app.get('/health', (_req, res) => {
    const { ready } = authenticate.verifier.health();
    res.json({ status: 'up', keys: ready ? 'loaded' : 'not loaded yet' });
  });
  app.use(
    protectedResourceMetadata({
      resource,
      authorizationServers: [issuer],
      scopesSupported: ['projects:read', 'projects:write'],
      resourceName: 'Projects',
    }),
  );

  // From here on only with a good token of an organization.
  app.use(authenticate, requireOrg());
  app.use(express.json());

  app.get('/whoami', (req, res) => {
    const { actor, scopes, verifiedBy } = req.auth;
    res.json({ organization: ownOrg(), actor, scopes: [...scopes], verifiedBy });
  });

  app.get('/projects', requireScopes('projects:read'), (_req, res) => {
    res.json(projects.list(ownOrg()));
  });

  app.get('/projects/:id', requireScopes('projects:read'), (req, res) => {
    const project = projects.find(ownOrg(), String(req.params.id));
    if (project === undefined) res.status(404).json({ error: 'not_found' });
    else res.json(project);
  });

  app.post('/projects', requireScopes('projects:write'), (req, res) => {
    const name: unknown = req.body?.name;
    if (typeof name !== 'string' || name === '') res.status(422).json({ error: 'name is missing' });
    else res.status(201).json(projects.add(ownOrg(), name));
  });

  // What is deleted is gone: here the issuer is asked whether the token is still good at this moment.
  app.delete('/projects/:id', requireScopes('projects:write'), requireLive(), (req, res) => {
    const removed = projects.remove(ownOrg(), String(req.params.id));
    if (removed) res.status(204).end();
    else res.status(404).json({ error: 'not_found' });
  });

  return Object.assign(app, { connectAuth: authenticate });
}

/** `requireOrg()` stands before every route that calls this. */
const ownOrg = (): string => currentAuth().orgId as string;
