import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, recordOf } from '@connect-auth/core/adapter';
import { type ForeignAnswer, type Owned, type OwnedOptions, requireOwned } from '@connect-auth/isolation';
import { checkOwnedOptions } from '@connect-auth/isolation/adapter';
import type { Request, RequestHandler } from 'express';
import { checkName } from './org-declaration.js';
import { orgGuard } from './org-guard.js';

export interface OrgOwnedOptions<Value> {
  /** The path parameter that holds the object's id. Default: `id`. */
  readonly param?: string;
  /** Returns the owner of an object. Default: its `org_id`, `orgId`, `organization_id` or `organizationId`. */
  readonly orgOf?: (value: Value) => string;
  /** The answer for another organization's object: `hide` 404, like a missing one; `forbid` 403. Default: `hide`. */
  readonly foreign?: ForeignAnswer;
}

/** The middleware, with access to the object that it has loaded: `project.of(req)`. */
export type OrgOwnedHandler<Value> = RequestHandler & { of(req: Request): Owned<Value> };

/**
 * Loads the object that the path names, and allows the request only if the object belongs to the caller's organization.
 * An object of another organization and one that does not exist are answered 404, in the same bytes.
 *
 * @param type the kind of object: `project`
 * @param load finds it by its id; null or undefined if there is none. Its errors go to the error handler
 * @throws ConfigurationError where the route is declared
 */
export function orgOwned<Value>(
  type: string,
  load: (id: string, req: Request) => Value | null | undefined | Promise<Value | null | undefined>,
  options: OrgOwnedOptions<Value> = {},
): OrgOwnedHandler<Value> {
  const call = `orgOwned('${checkName('orgOwned', type)}')`;
  checkKnown(call, options, ['param', 'orgOf', 'foreign']);
  if (typeof load !== 'function') throw new ConfigurationError(call, 'needs a function that loads the object');
  checkOwnedOptions(call, options);
  const { param = 'id', ...rest } = options;
  const owned: OwnedOptions<Value> = { type, ...rest };

  const handler: RequestHandler = orgGuard(call, async (auth, req, record) => {
    const id: unknown = Object.hasOwn(req.params, param) ? req.params[param] : undefined;
    if (typeof id !== 'string') throw new ConfigurationError(call, `stands on a path without the parameter ${param}`);
    record.owned.set(handler, requireOwned(auth, await load(id, req), { ...owned, id }));
    record.targets = [...record.targets, { type, id }];
  });
  return Object.assign(handler, {
    of(req: Request): Owned<Value> {
      const value = recordOf(req).owned.get(handler);
      if (value === undefined)
        throw new ConfigurationError(call, 'has loaded nothing for this request: put it on the route');
      return value as Owned<Value>;
    },
  });
}
