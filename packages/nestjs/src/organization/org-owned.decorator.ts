import { ConfigurationError, requireOrg } from '@connect-auth/core';
import { checkKnown, checkText, type RequestRecord } from '@connect-auth/core/adapter';
import { type ForeignAnswer, type OwnedOptions, requireOwned } from '@connect-auth/isolation';
import { checkOwnedOptions } from '@connect-auth/isolation/adapter';
import type { Type } from '@nestjs/common';
import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';
import type { GuardedCall, RoutedRequest } from '../access/request-check.js';
import { orgCheck } from './org-check.js';

type Found<Value> = Value | null | undefined | Promise<Value | null | undefined>;

/** A provider that finds objects by their id; it returns null or undefined if there is none. */
export interface OrgOwnedLoader<Value = unknown> {
  load(id: string, request: RoutedRequest): Found<Value>;
}

export interface OrgOwnedOptions<Value> {
  /** The kind of object: `project`. */
  readonly type: string;
  /** The path parameter that holds the object's id. Default: `id`. */
  readonly param?: string;
  /** The class of a provider, or a function. Errors that it throws are for the application's filters. */
  readonly load: Type<OrgOwnedLoader<Value>> | OrgOwnedLoader<Value>['load'];
  /**
   * Returns the organization that owns an object. Default: its `org_id`, `orgId`, `organization_id` or
   * `organizationId`.
   */
  readonly orgOf?: (value: Value) => string;
  /**
   * The answer for another organization's object: `hide` 404, as for one that does not exist; `forbid` 403. Default:
   * `hide`.
   */
  readonly foreign?: ForeignAnswer;
}

/**
 * Loads the object that the path names, and allows the request only if the object belongs to the caller's organization;
 * `@Owned()` passes it to the handler. An object of another organization and one that does not exist are both answered
 * 404, in the same bytes. Applies `ConnectAuthGuard` itself.
 *
 * @throws ConfigurationError when the class is declared, for wrong options; at start, if no module provides the loader
 */
export function OrgOwned<Value>(options: OrgOwnedOptions<Value>): AccessDecorator {
  checkKnown('@OrgOwned()', options, ['type', 'param', 'load', 'orgOf', 'foreign']);
  const { param = 'id', load, ...owned } = options;
  const type = checkText('@OrgOwned() type', owned.type);
  const call = `@OrgOwned('${type}')`;
  if (typeof load !== 'function') throw new ConfigurationError(`${call} load`, 'must be a provider or a function');
  checkOwnedOptions(call, options);
  const provider = isLoaderClass(load) ? load : undefined;
  const check = orgCheck(async (auth, guarded) => {
    const { request, record } = guarded;
    const id = Object.hasOwn(request.params ?? {}, param) ? request.params?.[param] : undefined;
    if (typeof id !== 'string') throw new ConfigurationError(call, `stands on a path without the parameter ${param}`);
    const value = await find(load, id, guarded);
    record.owned.set(type, requireOwned(auth, value, { ...(owned as OwnedOptions<Value>), id }));
    record.targets = [...record.targets, { type, id }];
  });
  return accessDecorator({
    call,
    concern: 'org-owned',
    subject: `${type} ${param}`,
    rule: requireOrg,
    check,
    pathParameter: param,
    ...(provider && { provider }),
  });
}

/** Returns the object of a type that `@OrgOwned` has loaded; without a type, the only object loaded. */
export function loadedOf({ owned }: RequestRecord, type: string | undefined): unknown {
  return type === undefined && owned.size === 1 ? [...owned.values()][0] : owned.get(type);
}

const isLoaderClass = <Value>(load: OrgOwnedOptions<Value>['load']): load is Type<OrgOwnedLoader<Value>> =>
  // A class has a prototype that cannot be replaced; a class that was compiled to a function has the method on its
  // prototype.
  Object.getOwnPropertyDescriptor(load, 'prototype')?.writable === false ||
  typeof (load.prototype as Partial<OrgOwnedLoader> | undefined)?.load === 'function';

async function find<Value>(load: OrgOwnedOptions<Value>['load'], id: string, { resolve, request }: GuardedCall) {
  return isLoaderClass(load) ? (await resolve(load, request)).load(id, request) : load(id, request);
}
