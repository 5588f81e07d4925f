import { AsyncLocalStorage } from 'node:async_hooks';
import type { Auth } from '../auth/auth.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Keeper } from './keeper.js';
import type { RequestRecord } from './request-record.js';

/** An organization that work is done for although no caller's token names it, or that is one of several. */
export interface OrgFrame {
  readonly orgId: string;
  /** Why the work is done, where no caller asked for it. */
  readonly reason?: string | undefined;
}

/** The ambient context of the work at hand: for which request, as whom and for which organization it is done. */
export interface Frame {
  /** The request that is being handled; undefined in a job. */
  readonly record: RequestRecord | undefined;
  /** Set where the work is done as another caller than the request's, or as nobody. */
  readonly as: { readonly auth: Auth | undefined } | undefined;
  /** The organization that `runInOrgFrame` named. */
  readonly org: OrgFrame | undefined;
  /** Whatever lives as long as the work: the request, the job, the turn of `crossOrg`. */
  readonly keeper: Keeper;
}

/** One storage for the process: two copies of this package, or its two formats, must not each have a caller of their own. */
const key: unique symbol = Symbol.for('@connect-auth/core.frames') as never;
const shared = globalThis as { [key]?: AsyncLocalStorage<Frame | undefined> };
shared[key] ??= new AsyncLocalStorage<Frame | undefined>();
const frames = shared[key];

/** The frame of the work at hand. */
export const findFrame = (): Frame | undefined => frames.getStore();

/** Runs `action`, and all that it starts, in this frame. */
export const runInGivenFrame = <Result>(frame: Frame, action: () => Result): Result => frames.run(frame, action);

/** Runs `action`, and all that it starts, in the frame of a request: as its caller, also one that is let in later. */
export const runInFrame = <Result>(record: RequestRecord, action: () => Result): Result =>
  frames.run({ record, as: undefined, org: undefined, keeper: record }, action);

/** Runs `action`, and all that it starts, for no request and for nobody: what it opens will serve others, too. */
export const runOutsideFrames = <Result>(action: () => Result): Result => frames.run(undefined, action);

/** The record of the request that is being handled, where somebody has opened its frame. */
export const findRecord = (): RequestRecord | undefined => findFrame()?.record;

/** Whether the frame of the work at hand is that of this request. */
export const isFrameOf = (record: RequestRecord): boolean => findRecord() === record;

/** Whether the work at hand is done in a request, with a caller or without one. */
export function isInRequest(): boolean {
  const frame = findFrame();
  return frame?.record !== undefined || frame?.as !== undefined;
}

/** @throws ConfigurationError in the frame of another request: that one's caller must not be mistaken for this one's */
export function requireFrameOf(record: RequestRecord): void {
  const framed = findRecord();
  if (framed === undefined || framed === record) return;
  throw new ConfigurationError(
    'currentAuth()',
    'is of another request: something goes on with this one inside that one',
  );
}
