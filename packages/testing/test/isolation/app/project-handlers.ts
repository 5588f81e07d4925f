import type { HandlerName } from './project-routes.js';
import { type Project, type ProjectStore } from './project-store.js';
import type { Bug } from './seeded-bugs.js';

/** A request, free of any framework. */
export interface Call {
  readonly method: string;
  /** As it was sent, with its query. */
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface State {
  readonly store: ProjectStore;
  readonly bugs: ReadonlySet<Bug>;
  readonly cache: Map<string, Reply>;
}

export type Handler = (call: Call, orgId: string, state: State) => Reply;

const unknown: Reply = { status: 404, body: { message: 'not found' } };

export const handlers = {
  health: () => ({ status: 200, body: { ok: true } }),

  listProjects: ({ headers, query }, orgId, { store, bugs }) => {
    if (bugs.has('unfilteredList')) return { status: 200, body: store.projects };
    const chosen =
      (bugs.has('orgFromHeader') ? headers['x-org-id'] : undefined) ??
      (bugs.has('orgFromQuery') ? query.org_id : undefined);
    return { status: 200, body: store.of(chosen ?? orgId).projects };
  },

  createProject: ({ body, query }, orgId, { store, bugs }) => {
    const chosen =
      (bugs.has('massAssignment') ? body.org_id : undefined) ??
      (bugs.has('orgOfWriteFromQuery') ? query.organization_id : undefined);
    return { status: 201, body: store.addProject(chosen ?? orgId, body.name as string) };
  },

  readProject: ({ method, params, url }, orgId, { store, bugs, cache }) => {
    const isShared = bugs.has('sharedCacheOfOne') || bugs.has('cacheOfOneOfGlobex');
    const cached = isShared ? cache.get(url) : undefined;
    if (cached !== undefined) return cached;
    const project = store.projects.find(({ id }) => id === params.id);
    if (project === undefined) return unknown;
    const reply = { status: 200, body: project };
    if (project.org_id === orgId || bugs.has('unfilteredRead')) {
      if (!bugs.has('cacheOfOneOfGlobex') || orgId.includes('GLOBEX')) cache.set(url, reply);
      return reply;
    }
    return refuseRead(project, method, bugs);
  },

  updateProject: ({ params, body }, orgId, { store, bugs }) => {
    const project = store.projects.find(({ id }) => id === params.id);
    if (project === undefined) return unknown;
    const isOwn = project.org_id === orgId;
    if (isOwn || bugs.has('writeBeforeRefusal') || bugs.has('foreignUpdate')) project.name = body.name as string;
    if (isOwn && bugs.has('moveByUpdate') && body.organizationId !== undefined) project.org_id = body.organizationId;
    // Nothing is answered but the id: what was overwritten would betray itself otherwise.
    return isOwn || bugs.has('foreignUpdate') ? { status: 200, body: { id: project.id } } : unknown;
  },

  deleteProject: ({ params }, orgId, { store, bugs }) => {
    const project = store.projects.find(({ id }) => id === params.id);
    if (project === undefined || (project.org_id !== orgId && !bugs.has('foreignDelete'))) return unknown;
    store.remove(project.id);
    return { status: 204 };
  },

  touchProject: ({ params, headers }, orgId, { store, bugs }) => {
    if (bugs.has('methodOverride') && headers['x-http-method-override'] === 'DELETE') {
      store.remove(params.id as string);
      return { status: 204 };
    }
    return store.of(orgId).projects.some(({ id }) => id === params.id) ? { status: 200, body: { ok: true } } : unknown;
  },

  createTask: ({ body }, orgId, { store, bugs }) => {
    const project = store.projects.find(({ id }) => id === body.project_id);
    const isForeign = project !== undefined && project.org_id !== orgId;
    if (isForeign && bugs.has('foreignReferenceIsTold')) return { status: 403, body: { message: 'not yours' } };
    if (project === undefined || (isForeign && !bugs.has('foreignReference'))) {
      return { status: 422, body: { message: 'unknown project' } };
    }
    return { status: 201, body: store.addTask(orgId, project.id, body.title as string) };
  },

  readTask: ({ params }, orgId, { store, bugs }) => {
    const own = store.of(orgId);
    const tasks = bugs.has('mixedParents') ? store.tasks : own.tasks.filter((task) => task.project_id === params.id);
    const task = tasks.find(({ id }) => id === params.taskId);
    const hasProject = own.projects.some(({ id }) => id === params.id);
    return hasProject && task !== undefined ? { status: 200, body: task } : unknown;
  },

  listOfOrg: ({ params }, orgId, { store, bugs }) => {
    if (params.orgId !== orgId && !bugs.has('orgFromPath')) return unknown;
    return { status: 200, body: store.of(params.orgId as string).projects };
  },

  countProjects: ({ headers }, orgId, { store, bugs }) => {
    if (bugs.has('countOfAll')) return { status: 200, body: { projects: store.projects.length } };
    const chosen = bugs.has('countByHeader') ? headers['x-organization-id'] : undefined;
    return { status: 200, body: { projects: store.of(chosen ?? orgId).projects.length, at: Date.now() } };
  },

  summarize: ({ url }, orgId, { store, bugs, cache }) => {
    const isShared = bugs.has('sharedCache') || bugs.has('cacheOfGlobex');
    const cached = isShared ? cache.get(url) : undefined;
    if (cached !== undefined) return cached;
    const names = store.of(orgId).projects.map(({ name }) => name);
    const reply = { status: 200, body: { names } };
    if (bugs.has('sharedCache') || orgId.includes('GLOBEX')) cache.set(url, reply);
    return reply;
  },
} satisfies Record<HandlerName, Handler>;

function refuseRead(project: Project, method: string, bugs: ReadonlySet<Bug>): Reply {
  if (bugs.has('forbiddenInsteadOfUnknown')) return { status: 403, body: { message: 'not yours' } };
  if (bugs.has('errorNamesOwner')) return { status: 404, body: { message: `belongs to ${project.org_id}` } };
  if (bugs.has('headerNamesProject')) return { ...unknown, headers: { 'x-name': project.name } };
  return method === 'HEAD' && bugs.has('headTellsForeign') ? { status: 200, body: {} } : unknown;
}
