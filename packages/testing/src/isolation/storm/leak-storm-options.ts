import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkText } from '@connect-auth/core/adapter';
import type { SeededOrg } from '../fixtures/isolation-fixtures.js';

/** A request that every organization sends. */
export interface StormRequest {
  /** Default: `GET`. */
  readonly method?: string;
  readonly path: string | ((org: SeededOrg) => string);
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: (org: SeededOrg) => unknown;
}

/** Either an `operation`, or an `app` with `requests`. */
export interface LeakStormOptions {
  /** Two or more, each with a canary of at least 8 characters; with `app` each with a token. */
  readonly orgs: readonly SeededOrg[];
  /** Does something as an organization, and returns all that it saw. An error is counted, and searched too. */
  readonly operation?: (org: SeededOrg, turn: number) => unknown;
  /** An Express, Nest or Fastify application, which is served on a port of its own. */
  readonly app?: unknown;
  readonly requests?: readonly StormRequest[];
  /** Number of operations in all. Default: 3,000. */
  readonly operations?: number;
  /** Number of operations at once. Default: 60. */
  readonly concurrency?: number;
  /** With `app`: the client leaves every so many requests without waiting for the answer; 0: never. Default: 10. */
  readonly abortEvery?: number;
}

const known = ['orgs', 'operation', 'app', 'requests', 'operations', 'concurrency', 'abortEvery'];
const shortestCanary = 8;

/** @throws ConfigurationError for an option that is missing, unknown or of the wrong kind */
export function checkStorm(options: LeakStormOptions): void {
  checkKnown('', options, known);
  const { orgs, operation, app, requests, abortEvery } = options;
  if (!Array.isArray(orgs) || orgs.length < 2) throw new ConfigurationError('orgs', 'must be a list of two or more');
  for (const [at, org] of (orgs as readonly SeededOrg[]).entries())
    checkOrg(`orgs[${at}]`, org, orgs, app !== undefined);
  if ((operation === undefined) === (app === undefined)) {
    throw new ConfigurationError('operation', 'or `app` must be given, and not both');
  }
  if (operation !== undefined && typeof operation !== 'function') {
    throw new ConfigurationError('operation', 'must be a function');
  }
  if ((app !== undefined) !== (Array.isArray(requests) && requests.length > 0)) {
    throw new ConfigurationError('requests', 'must be a list of requests with `app`, and absent without');
  }
  if (app === undefined && abortEvery !== undefined) throw new ConfigurationError('abortEvery', 'is for `app`');
  checkCount('operations', options.operations, 1);
  checkCount('concurrency', options.concurrency, 1);
  checkCount('abortEvery', abortEvery, 0);
}

function checkOrg(path: string, org: SeededOrg, all: readonly SeededOrg[], needsToken: boolean): void {
  checkKnown(path, org, ['id', 'canary', 'token']);
  checkText(`${path}.id`, org.id);
  const canary = checkText(`${path}.canary`, org.canary);
  if (canary.length < shortestCanary) throw new ConfigurationError(`${path}.canary`, 'must have 8 characters or more');
  if (all.some((other) => other !== org && (other.id === org.id || other.canary.includes(canary)))) {
    throw new ConfigurationError(path, 'must have an id and a canary that no other organization has');
  }
  if (typeof org.token !== 'function' && (needsToken || org.token !== undefined)) checkText(`${path}.token`, org.token);
}

function checkCount(path: string, value: unknown, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= least)) return;
  throw new ConfigurationError(path, `must be a whole number of at least ${least}`);
}
