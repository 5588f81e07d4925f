import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';

/** Requires an object of known options, if it is given. */
export function checkGroup(path: string, group: unknown, known: readonly string[]): void {
  if (group === undefined) return;
  if (typeof group !== 'object' || group === null) throw new ConfigurationError(path, 'must be an object');
  checkKnown(path, group, known);
}

/** Requires one of the choices, if a value is given. */
export function checkChoice(path: string, value: unknown, choices: readonly string[]): void {
  if (value === undefined || choices.includes(value as string)) return;
  throw new ConfigurationError(path, `must be one of ${choices.join(', ')}`);
}

/** Requires a whole number of seconds, if a value is given. */
export function checkSeconds(path: string, value: unknown): void {
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) > 0)) return;
  throw new ConfigurationError(path, 'must be a whole number of seconds, at least 1');
}

/** Requires an object with these methods, if it is given. */
export function checkPort(path: string, value: unknown, methods: readonly string[]): void {
  if (value === undefined) return;
  const has = (name: string) => typeof (value as Record<string, unknown> | null)?.[name] === 'function';
  if (!methods.every(has)) throw new ConfigurationError(path, `must have the methods ${methods.join(', ')}`);
}
