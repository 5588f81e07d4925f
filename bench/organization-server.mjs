// One Express 5 server with the route of an organization's project. Started by organization-frame.mjs, pinned to a core.
import express from 'express';
import { routes } from './organization-routes.mjs';
import { serveApp } from './serve-app.mjs';

const { GUARD, ISSUER: issuer, AUDIENCE: audience, ORG_ID: orgId } = process.env;

const app = express();
app.get('/orgs/:orgId/projects/:id', ...routes[GUARD]({ issuer, audience, orgId }));
serveApp(app);
