import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import type { Express } from 'express';
import { routerOf } from '../router-of.js';
import { declaresOrg } from './org-declaration.js';

export interface OrgRoutesOptions {
  /**
   * How to handle routes that say nothing about organizations: `deny` throws, `allow` only lists them. Default: `deny`.
   */
  readonly undeclared?: 'deny' | 'allow';
}

/** The parts of an Express 5.3 router that are read: `listRoutes()` gives paths, but not the middleware before them. */
interface Layer {
  readonly rawPath?: string | RegExp | readonly (string | RegExp)[];
  readonly handle: unknown;
  readonly route?: { readonly stack: readonly { readonly handle: unknown; readonly method?: string }[] };
}
interface Router {
  readonly stack: readonly Layer[];
}

/**
 * Goes through all routes of an application, once they are all in place and before it listens, and finds those that say
 * nothing about organizations: no `requireOrg()`, `orgParam()`, `orgOwned()` or their like on them or on the path that
 * they are mounted under, and no `orgExempt(reason)`.
 *
 * @returns the routes found: `GET /projects/:id`
 * @throws ConfigurationError listing them, with `undeclared: 'deny'`; and on an Express before 5.3, which cannot tell
 */
export function checkOrgRoutes(app: Express, options: OrgRoutesOptions = {}): readonly string[] {
  checkKnown('checkOrgRoutes()', options, ['undeclared']);
  const { undeclared = 'deny' } = options;
  if (undeclared !== 'deny' && undeclared !== 'allow')
    throw new ConfigurationError('undeclared', 'must be deny or allow');
  const router = routerOf(app) as Router | undefined;
  if (router === undefined) throw new ConfigurationError('checkOrgRoutes()', 'needs Express 5.3');
  const found = undeclaredIn(router, '', false);
  if (undeclared === 'deny' && found.length > 0) {
    const problem = `found routes that say nothing about organizations: ${found.join(', ')}. Put requireOrg(), orgParam(), orgOwned() or orgExempt(reason) on each`;
    throw new ConfigurationError('undeclared', problem);
  }
  return found;
}

/** Follows the order of the stack: a declaration counts for everything mounted after it, at its path and below. */
function undeclaredIn(router: Router, prefix: string, isDeclared: boolean): string[] {
  const declaredAt: string[] = isDeclared ? [''] : [];
  return router.stack.flatMap((layer) => {
    const paths = pathsOf(layer);
    const covers = (path: string) => declaredAt.some((at) => at === '' || path === at || path.startsWith(`${at}/`));
    if (layer.route !== undefined) {
      const { stack } = layer.route;
      const open = paths.filter((path) => !covers(path));
      const silent = methodsOf(stack).filter((method) => !isMethodDeclared(stack, method));
      return open.flatMap((path) => silent.map((method) => `${method} ${prefix}${path || '/'}`));
    }
    const inner = mountedRouter(layer.handle);
    if (inner !== undefined) return paths.flatMap((path) => undeclaredIn(inner, prefix + path, covers(path)));
    if (declaresOrg(layer.handle)) declaredAt.push(...paths);
    // A mounted application hides its routes.
    const isApplication = typeof layer.handle === 'function' && layer.handle.name === 'mounted_app';
    return isApplication ? paths.filter((path) => !covers(path)).map((path) => `* ${prefix}${path || '/'}`) : [];
  });
}

const pathsOf = ({ rawPath }: Layer): string[] =>
  [rawPath ?? '/'].flat().map((path) => (typeof path === 'string' ? path.replace(/\/$/, '') : String(path)));

const mountedRouter = (handle: unknown): Router | undefined =>
  Array.isArray((handle as { stack?: unknown } | undefined)?.stack) ? (handle as Router) : undefined;

type Stack = NonNullable<Layer['route']>['stack'];

const methodsOf = (stack: Stack): string[] => [
  ...new Set(stack.map(({ method }) => (method === undefined ? 'ALL' : method.toUpperCase()))),
];

/** Tells whether a declaration runs before the answer: the last handler answers, and one behind it never runs. */
function isMethodDeclared(stack: Stack, method: string): boolean {
  const own = stack.filter((each) => each.method === undefined || each.method.toUpperCase() === method);
  const isDeclaration = own.map(({ handle }) => declaresOrg(handle));
  const first = isDeclaration.indexOf(true);
  return first >= 0 && (first < isDeclaration.lastIndexOf(false) || !isDeclaration.includes(false));
}
