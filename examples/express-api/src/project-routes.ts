import { orgOwned, orgStamp, requireLive, requireScopes } from '@connect-auth/express';
import { Router } from 'express';
import type { Database } from 'walled-database';
import { Projects } from './projects.js';
import { sendProblem } from './send-problem.js';

export function projectRoutes(database: Database): Router {
  const routes = Router();
  const projects = new Projects(database);
  // Another organization's project gets the same answer as one that does not exist.
  const project = orgOwned('project', (id) => projects.find(id));

  routes.get('/projects', requireScopes('projects:read'), async (_req, res) => {
    res.json(await projects.list());
  });

  routes.get('/projects/:id', requireScopes('projects:read'), project, (req, res) => {
    res.json(project.of(req));
  });

  // Whatever organization the body names, the token's overwrites it.
  routes.post('/projects', requireScopes('projects:write'), orgStamp('orgId'), async (req, res) => {
    const { orgId, name } = req.body;
    if (isName(name)) res.status(201).json(await projects.add({ orgId, name }));
    else sendProblem(res, 422, 'name must be a text of 1 to 100 characters');
  });

  // Deletion cannot be undone, so the issuer is asked whether the token is still valid at this moment.
  routes.delete('/projects/:id', requireScopes('projects:write'), requireLive(), project, async (req, res) => {
    await projects.remove(project.of(req));
    res.status(204).end();
  });

  return routes;
}

const isName = (value: unknown): value is string => typeof value === 'string' && /^\P{Cc}{1,100}$/u.test(value);
