/** What the application serves below its prefix, and by which handler. */
const projectRoutes = {
  'GET /health': 'health',
  'GET /projects': 'listProjects',
  'POST /projects': 'createProject',
  'GET /projects/:id': 'readProject',
  'PATCH /projects/:id': 'updateProject',
  'POST /projects/:id': 'touchProject',
  'DELETE /projects/:id': 'deleteProject',
  'GET /projects/:id/tasks/:taskId': 'readTask',
  'POST /tasks': 'createTask',
  'GET /orgs/:orgId/projects': 'listOfOrg',
  'GET /stats': 'countProjects',
  'GET /summary': 'summarize',
} as const;

export type ProjectRoute = keyof typeof projectRoutes;
export type HandlerName = (typeof projectRoutes)[ProjectRoute];

/** `GET /projects` in its parts. */
export function splitRoute(route: ProjectRoute) {
  const [method, path] = route.split(' ') as [method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string];
  return { method, path, handler: projectRoutes[route] };
}

/** The name under which a report speaks of a route, or of its copy that has a bug. */
export function reportedRoute(route: ProjectRoute, bug?: string): string {
  const { method, path } = splitRoute(route);
  return `${method} /v1${bug === undefined ? '' : `/${bug}`}${path}`;
}
