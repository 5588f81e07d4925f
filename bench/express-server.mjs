// One Express 5 server with the route behind one guard. Started by serve-requests.mjs, pinned to a core of its own.
import express from 'express';
import { guards } from './express-guards.mjs';
import { serveApp } from './serve-app.mjs';

const { GUARD, ISSUER, AUDIENCE } = process.env;

const app = express();
app.use(await guards[GUARD]({ issuer: ISSUER, audience: AUDIENCE }));
app.get('/projects', (_req, res) => res.json([{ id: 'project_1', name: 'Rocket skates' }]));
serveApp(app);
