import type { ChallengeSettings } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { requestOnRecord } from '../audit/watched-requests.js';

/** What the guard of a call names in challenges, for whoever refuses it later: by the request, or the arguments of a message. */
const settings = new WeakMap<object, ChallengeSettings>();

const keyOf = (context: ExecutionContext): object => requestOnRecord(context) ?? context.getArgs();

export function keepChallenge(context: ExecutionContext, challenge: ChallengeSettings): void {
  if (challenge.realm !== undefined || challenge.resourceMetadata !== undefined)
    settings.set(keyOf(context), challenge);
}

export const challengeOf = (context: ExecutionContext): ChallengeSettings => settings.get(keyOf(context)) ?? {};
