import express, { type Express, type Request, type Response, Router } from 'express';
import type { ProjectApp } from './project-app.js';
import type { Call } from './project-handlers.js';
import { type HandlerName, splitRoute } from './project-routes.js';
import type { Bug, BuggyRoutes } from './seeded-bugs.js';

type Handle = (name: HandlerName, bug?: Bug) => (request: Request, response: Response) => Promise<void>;

/** The application on Express, with routers in routers. */
export function toExpress(projects: ProjectApp): Express {
  const handle: Handle = (name: HandlerName, bug?: Bug) => async (request: Request, response: Response) => {
    const { status, body, headers = {} } = await projects.serve(name, toCall(request), bug);
    response.status(status).set(headers);
    if (body === undefined) response.end();
    else response.json(body);
  };
  const app = express();
  app.use(express.json());
  app.use('/v1', projects.buggy.length === 0 ? correctRouter(handle) : buggyRouter(handle, projects.buggy));
  return app;
}

function correctRouter(handle: Handle): Router {
  const one = Router({ mergeParams: true });
  one.route('/').get(handle('readProject')).patch(handle('updateProject')).post(handle('touchProject'));
  one.delete('/', handle('deleteProject'));
  one.get('/tasks/:taskId', handle('readTask'));

  const v1 = Router();
  v1.get('/health', handle('health'));
  v1.get('/projects', handle('listProjects'));
  v1.post('/projects', handle('createProject'));
  v1.use('/projects/:id', one);
  v1.post('/tasks', handle('createTask'));
  v1.get('/orgs/:orgId/projects', handle('listOfOrg'));
  v1.get('/stats', handle('countProjects'));
  v1.get('/summary', handle('summarize'));
  return v1;
}

function buggyRouter(handle: Handle, buggy: readonly BuggyRoutes[]): Router {
  const v1 = Router();
  for (const { bug, routes } of buggy) {
    const router = Router();
    for (const { method, path, handler } of routes.map(splitRoute)) {
      router.route(path)[toLower(method)](handle(handler, bug));
    }
    v1.use(`/${bug}`, router);
  }
  return v1;
}

const toLower = <Method extends string>(method: Method) => method.toLowerCase() as Lowercase<Method>;

const toCall = ({ method, originalUrl, params, query, headers, body }: Request): Call => ({
  method,
  url: originalUrl,
  params: params as Call['params'],
  query: query as Call['query'],
  headers: headers as Call['headers'],
  body: (body as Call['body'] | undefined) ?? {},
});
