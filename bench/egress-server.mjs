// An Express 5 server that lists 500 projects, with or without a look at them. Started by egress-check.mjs.
import { connectAuth, orgEgress, requireOrg } from '@connect-auth/express';
import express from 'express';
import { projectRows } from './projects.mjs';
import { serveApp } from './serve-app.mjs';

const { GUARD, ISSUER: issuer, AUDIENCE: audience, ORG_ID: orgId } = process.env;

const app = express();
app.use(connectAuth({ issuer, audience }), requireOrg());
if (GUARD === 'orgEgress()') app.use(orgEgress());
const rows = projectRows(orgId, 500);
app.get('/projects', (_req, res) => res.json(rows));
serveApp(app);
