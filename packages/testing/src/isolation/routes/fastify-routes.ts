import { parsePath } from './path-template.js';
import { joinPaths, type Route, toRoutes } from './route.js';

/** The members used of a Fastify instance, all of them public. */
export interface FastifyLike {
  readonly printRoutes: (options: { commonPrefix: boolean }) => string;
  readonly findRoute: (options: RouteQuery) => { readonly params?: Readonly<Record<string, unknown>> } | null;
  readonly ready: () => PromiseLike<unknown>;
  readonly routing: (request: unknown, response: unknown) => void;
}

interface RouteQuery {
  readonly method: string;
  readonly url: string;
  readonly constraints: Readonly<Record<string, unknown>>;
}

export function isFastify(value: unknown): value is FastifyLike {
  if (typeof value !== 'object' || value === null) return false;
  return ['printRoutes', 'findRoute', 'ready', 'routing'].every(
    (name) => typeof (value as Record<string, unknown>)[name] === 'function',
  );
}

const treeLine = /^([│ ]*)[├└]── (.*)$/;
const labelEnd = / \(([A-Z, -]+)\)(?: (\{.*\}))?$/;

/** Reads the routes from the tree that Fastify prints, which is always complete, plugins included. */
export function walkFastify(fastify: FastifyLike): readonly Route[] {
  const routes: Route[] = [];
  const labels: string[] = [];
  for (const line of fastify.printRoutes({ commonPrefix: true }).split('\n')) {
    const node = treeLine.exec(line);
    const text = node?.[2] ?? line;
    const end = labelEnd.exec(text);
    if (node !== null) {
      const depth = (node[1] as string).length / 4;
      labels.length = depth;
      labels[depth] = firstName(end === null ? text : text.slice(0, end.index));
    }
    // A line without a branch belongs to the node before it: the same path under another constraint.
    if (end === null) continue;
    const methods = (end[1] as string).split(', ');
    const constraints = end[2] === undefined ? {} : (JSON.parse(end[2]) as Record<string, unknown>);
    for (const method of methods) {
      routes.push(...toRoutes(isAll(methods) ? ['*'] : [method], '', nameParams(fastify, method, labels, constraints)));
    }
  }
  return routes.filter(
    ({ key, method }) => method !== 'HEAD' || !routes.some((other) => other.key === `GET${key.slice(4)}`),
  );
}

const isAll = (methods: readonly string[]): boolean => methods.includes('TRACE') && methods.includes('POST');

/** Returns the first of several names that share a place in the tree: `:id|:projectId`. Any of them finds the route. */
function firstName(label: string): string {
  let depth = 0;
  for (let at = 0; at < label.length; at += 1) {
    if (label[at] === '(') depth += 1;
    else if (label[at] === ')') depth -= 1;
    else if (label[at] === '|' && depth === 0) return label.slice(0, at);
  }
  return label;
}

/** Returns the path with this route's own names for its parameters, which `findRoute` returns in order. */
function nameParams(
  fastify: FastifyLike,
  method: string,
  labels: readonly string[],
  constraints: Readonly<Record<string, unknown>>,
): string {
  const path = joinPaths('', labels.map((label) => (label === '(empty root node)' ? '' : label)).join(''));
  const names = Object.keys(fastify.findRoute({ method, url: path, constraints })?.params ?? {});
  const parts = parsePath(path).filter(({ kind }) => kind === 'param');
  // A parameter with an expression does not match its own pattern, and keeps its name from the tree.
  if (parts.length !== names.filter((name) => name !== '*').length) return path;
  return path.replace(/(?<!:):([\p{ID_Continue}$]+)/gu, () => `:${names.shift()}`);
}
