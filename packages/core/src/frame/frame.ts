import { AsyncLocalStorage } from 'node:async_hooks';
import type { Auth } from '../auth/auth.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Keeper } from './keeper.js';
import type { RequestRecord } from './request-record.js';

/** An organization that work is done for although no caller's token names it, or although it is one of several. */
export interface OrgFrame {
  readonly orgId: string;
  /** Why the work is done, if no caller asked for it. */
  readonly reason?: string | undefined;
}

/** The ambient context of the current work: the request it belongs to, its caller and its organization. */
export interface Frame {
  /** The current request; undefined in a job. */
  readonly record: RequestRecord | undefined;
  /** Set if the work is done as another caller than the request's, or as nobody. */
  readonly as: { readonly auth: Auth | undefined } | undefined;
  /** The organization that `runInOrgFrame` named. */
  readonly org: OrgFrame | undefined;
  /** Holds values that live as long as the work: the request, the job, the turn of `crossOrg`. */
  readonly keeper: Keeper;
}

/**
 * One storage for the process: two copies of this package, or its two formats, must not each have a caller of their
 * own.
 */
const key: unique symbol = Symbol.for('@connect-auth/core.frames') as never;
const shared = globalThis as { [key]?: AsyncLocalStorage<Frame | undefined> };
shared[key] ??= new AsyncLocalStorage<Frame | undefined>();
const frames = shared[key];

/** Returns the frame of the current work. */
export const findFrame = (): Frame | undefined => frames.getStore();

/** Runs `action`, and everything it starts, in this frame. */
export const runInGivenFrame = <Result>(frame: Frame, action: () => Result): Result => frames.run(frame, action);

/**
 * Runs `action`, and everything it starts, in the frame of a request: as its caller, even one that is admitted later.
 */
export const runInFrame = <Result>(record: RequestRecord, action: () => Result): Result =>
  frames.run({ record, as: undefined, org: undefined, keeper: record }, action);

/**
 * Runs `action`, and everything it starts, for no request and no caller, because what it opens will serve others, too.
 */
export const runOutsideFrames = <Result>(action: () => Result): Result => frames.run(undefined, action);

/** Returns the record of the current request, if its frame was opened. */
export const findRecord = (): RequestRecord | undefined => findFrame()?.record;

/** Tells whether the frame of the current work is that of this request. */
export const isFrameOf = (record: RequestRecord): boolean => findRecord() === record;

/** Tells whether the current work is done in a request, with a caller or without one. */
export function isInRequest(): boolean {
  const frame = findFrame();
  return frame?.record !== undefined || frame?.as !== undefined;
}

/** @throws ConfigurationError in the frame of another request, whose caller must not be mistaken for this one's */
export function requireFrameOf(record: RequestRecord): void {
  const framed = findRecord();
  if (framed === undefined || framed === record) return;
  throw new ConfigurationError(
    'currentAuth()',
    'is of another request: something goes on with this one inside that one',
  );
}
