import express, { type Express, type Request, type Response, Router } from 'express';
import type { ProjectApp } from './project-app.js';
import type { Call, HandlerName } from './project-handlers.js';

/** The application on Express, with routers in routers. */
export function toExpress(projects: ProjectApp): Express {
  const handle = (name: HandlerName) => async (request: Request, response: Response) => {
    const { status, body, headers = {} } = await projects.serve(name, toCall(request));
    response.status(status).set(headers);
    if (body === undefined) response.end();
    else response.json(body);
  };
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

  const app = express();
  app.use(express.json());
  app.use('/v1', v1);
  return app;
}

const toCall = ({ method, originalUrl, params, query, headers, body }: Request): Call => ({
  method,
  url: originalUrl,
  params: params as Call['params'],
  query: query as Call['query'],
  headers: headers as Call['headers'],
  body: (body as Call['body'] | undefined) ?? {},
});
