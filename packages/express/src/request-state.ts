import type { AccessRule, Auth, ChallengeSettings, Verifier } from '@connect-auth/core';
import type { Request } from 'express';

/** What this package knows of a request. Guards read it and not `req.auth`, which any middleware may write. */
export interface RequestState {
  readonly verifier: Verifier;
  readonly challenge: ChallengeSettings;
  /** Whether errors go to `next` instead of being answered here. */
  readonly passErrors: boolean;
  /** What guards have asked of the caller so far. */
  readonly passedRules: AccessRule[];
  /** The verified caller; absent for an anonymous one. */
  auth?: Auth;
}

const stateKey = Symbol('connect-auth.state');
const metadataKey = Symbol('connect-auth.resource-metadata');

interface KnownRequest {
  [stateKey]?: RequestState;
  [metadataKey]?: string;
}

/** The verified caller of a request, for the record of it. */
export const callerOf = (req: Request): Auth | undefined => stateOf(req)?.auth;

export const stateOf = (req: Request): RequestState | undefined => (req as KnownRequest)[stateKey];

/** Starts anew: whatever an earlier `connectAuth` found out is forgotten. */
export function openState(req: Request, state: RequestState): RequestState {
  (req as KnownRequest)[stateKey] = state;
  (req as { auth?: Auth }).auth = undefined as never;
  return state;
}

/** Announces where the metadata of this resource is, for the challenges of this request (RFC 9728 §5.1). */
export function announceMetadata(req: Request, url: string): void {
  (req as KnownRequest)[metadataKey] = url;
}

/** The settings of challenges that answer this request. */
export function challengeSettingsFor(req: Request, settings: ChallengeSettings = {}): ChallengeSettings {
  const resourceMetadata = (req as KnownRequest)[metadataKey];
  return resourceMetadata === undefined ? settings : { resourceMetadata, ...settings };
}
