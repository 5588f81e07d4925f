import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';

/** An object of options, if it is there, with no name that means nothing. */
export function checkGroup(path: string, group: unknown, known: readonly string[]): void {
  if (group === undefined) return;
  if (typeof group !== 'object' || group === null) throw new ConfigurationError(path, 'must be an object');
  checkKnown(path, group, known);
}

/** One of a few words, if it is there. */
export function checkChoice(path: string, value: unknown, choices: readonly string[]): void {
  if (value === undefined || choices.includes(value as string)) return;
  throw new ConfigurationError(path, `must be one of ${choices.join(', ')}`);
}

/** A whole number of seconds, if it is there. */
export function checkSeconds(path: string, value: unknown): void {
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) > 0)) return;
  throw new ConfigurationError(path, 'must be a whole number of seconds, at least 1');
}

/** An object with these methods, if it is there. */
export function checkPort(path: string, value: unknown, methods: readonly string[]): void {
  if (value === undefined) return;
  const has = (name: string) => typeof (value as Record<string, unknown> | null)?.[name] === 'function';
  if (!methods.every(has)) throw new ConfigurationError(path, `must have the methods ${methods.join(', ')}`);
}
