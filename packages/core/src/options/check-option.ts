import { ConfigurationError } from '../errors/configuration-error.js';

/** Refuses unknown names, because a misspelt option would otherwise be silently off. */
export function checkKnown(path: string, value: object, known: readonly string[]): void {
  for (const name of Object.keys(value)) {
    if (!known.includes(name))
      throw new ConfigurationError(pathTo(path, name), `is not an option; known: ${known.join(', ')}`);
  }
}

export function checkObject(path: string, value: unknown): asserts value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigurationError(path, 'must be an object');
  }
}

export function checkText(path: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw new ConfigurationError(path, 'must be a non-empty string');
  return value;
}

export function checkTexts(path: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new ConfigurationError(path, 'must be a list of strings');
  return value.map((member, at) => checkText(`${path}[${at}]`, member));
}

export function checkFunctions(path: string, value: unknown, names: readonly string[]): void {
  checkObject(path, value);
  for (const name of names) {
    if (typeof value[name] !== 'function')
      throw new ConfigurationError(path, `must have the methods ${names.join(', ')}`);
  }
}

/** The longest delay that a timer of Node.js can hold; a longer one would be over at once. */
export const maxTimeoutMs = 2 ** 31 - 1;

/** @returns the number, or `fallback` for `undefined` */
export function checkNumber<Fallback extends number | undefined>(
  path: string,
  value: unknown,
  { min, max = Number.MAX_SAFE_INTEGER, fallback }: { min: number; max?: number; fallback: Fallback },
): number | Fallback {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new ConfigurationError(path, `must be a number ${range}`);
  }
  return value;
}

export function checkOneOf<Allowed extends string>(path: string, value: unknown, allowed: readonly Allowed[]): Allowed {
  if (!allowed.includes(value as Allowed)) throw new ConfigurationError(path, `must be one of ${allowed.join(', ')}`);
  return value as Allowed;
}

export const pathTo = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
