import { AsyncLocalStorage } from 'node:async_hooks';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Auth } from './auth.js';

/** For which organization work is done that no caller's token says it for, or that goes over the wall between two. */
export interface OrgScope {
  readonly orgId: string;
  /** Why the work is done, where no caller asked for it. */
  readonly reason?: string | undefined;
}

/** Who the work at hand is done for, once that is known, and the request that it is done for. */
interface Frame {
  auth: Auth | undefined;
  /** The organization of the first caller that was let in: no other comes after it. */
  sealedOrg: string | undefined;
  /** Whether it is the frame of a request, whoever is its caller. */
  readonly ofRequest: boolean;
  readonly request: object | undefined;
  readonly org: OrgScope | undefined;
}

const frames = new AsyncLocalStorage<Frame>();

/** Runs `action`, and all that it starts, as the caller that `auth` describes. */
export const runWithAuth = <Result>(auth: Auth, action: () => Result): Result => runAs(auth, action);

/** Runs `action`, and all that it starts, as nobody: what an earlier verification found out does not count in it. */
export const runWithoutAuth = <Result>(action: () => Result): Result => runAs(undefined, action);

const runAs = <Result>(auth: Auth | undefined, action: () => Result): Result =>
  frames.run({ auth, sealedOrg: auth?.orgId, ofRequest: true, request: framedRequest(), org: undefined }, action);

/** Runs `action`, and all that it starts, for an organization. Whether that may be is for the caller of this to decide. */
export const runInOrgScope = <Result>(org: OrgScope, action: () => Result): Result =>
  frames.run(
    { auth: findCurrentAuth(), sealedOrg: org.orgId, ofRequest: isInRequest(), request: framedRequest(), org },
    action,
  );

/**
 * Runs `action`, and all that it starts, as nobody until `setCurrentAuth` says who. For frameworks whose guards cannot
 * run what comes after them: something earlier opens the frame, and the guard fills it.
 *
 * @param request whose frame it is
 */
export function openFrame<Result>(request: object, action: () => Result): Result {
  return frames.run({ auth: undefined, sealedOrg: undefined, ofRequest: true, request, org: undefined }, action);
}

/**
 * Says as whom a request is handled from now on. Without a frame nothing happens, and nobody is the caller.
 *
 * @throws ConfigurationError in the frame of another request: that one's caller must not be mistaken for this one's; and
 * where the frame is another organization's already: one frame, one organization
 */
export function setCurrentAuth(request: object | undefined, auth: Auth | undefined): void {
  const frame = frames.getStore();
  if (frame === undefined) return;
  if (frame.request !== request) {
    throw new ConfigurationError(
      'currentAuth()',
      'is of another request: something goes on with this one inside that one',
    );
  }
  if (frame.sealedOrg !== undefined && auth?.orgId !== undefined && auth.orgId !== frame.sealedOrg) {
    throw new ConfigurationError('currentOrg()', 'is another organization already: two callers were let in at once');
  }
  frame.auth = auth;
  frame.sealedOrg ??= auth?.orgId;
}

/** The request whose frame it is, where somebody has opened one. */
export const framedRequest = (): object | undefined => frames.getStore()?.request;

/** Whether the work at hand is done in a request, with a caller or without. */
export const isInRequest = (): boolean => frames.getStore()?.ofRequest ?? false;

/** The verified caller of the request that is being handled; undefined if there is none. */
export const findCurrentAuth = (): Auth | undefined => frames.getStore()?.auth;

/** The scope that `runInOrgScope` opened, where the work at hand is done in one. */
export const findOrgScope = (): OrgScope | undefined => frames.getStore()?.org;

/**
 * The verified caller of the request that is being handled, wherever the code is that asks.
 *
 * @throws ConfigurationError outside a request that was verified: there is nobody to act for
 */
export function currentAuth(): Auth {
  const auth = findCurrentAuth();
  if (auth === undefined) {
    throw new ConfigurationError('currentAuth()', 'was called outside a request whose token was verified');
  }
  return auth;
}
