import { type AuthError, isAuthError } from '@connect-auth/core';
import type { FixedClock } from '@connect-auth/testing';

/** `accepted`, or the status and the reason of the refusal. Whatever is no `AuthError` is a bug, and thrown. */
export async function outcomeOf(verification: Promise<unknown>): Promise<string> {
  try {
    await verification;
    return 'accepted';
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return `${error.status} ${error.reason}`;
  }
}

/** How many verifications came to which end. */
export async function tally(verifications: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of await Promise.all(verifications.map(outcomeOf))) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** The error of a verification that must not succeed. */
export async function refusalOf(verification: Promise<unknown>): Promise<AuthError> {
  const error = await verification.then(
    () => new Error('the token was accepted'),
    (reason: unknown) => reason,
  );
  if (!isAuthError(error)) throw error;
  return error;
}

/** Lets everything happen that can happen while the clock stands still. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Moves the clock in steps of half a second, at each of which everybody may act. */
export async function passTime(clock: FixedClock, seconds: number): Promise<void> {
  for (let step = 0; step < 2 * seconds; step += 1) {
    await settle();
    clock.advanceMs(500);
  }
  await settle();
}

/** The outcome, or `pending` if the verification waits for the clock or for the network. */
export async function outcomeNow(verification: Promise<unknown>): Promise<string> {
  const outcome = outcomeOf(verification);
  let settled = false;
  const mark = () => {
    settled = true;
  };
  outcome.then(mark, mark);
  for (let turn = 0; turn < 12 && !settled; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return settled ? outcome : 'pending';
}
