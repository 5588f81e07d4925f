import { z } from 'zod';
import { type FieldError, invalid } from '../errors/refusal.js';
import { isStorableText } from '../storage/storable-text.js';

type Path = readonly PropertyKey[];

/** @throws Refusal `invalid` that names every wrong field and repeats no value */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body ?? {}, { reportInput: true });
  if (!parsed.success) throw invalid(...parsed.error.issues.map(toFieldError));
  const unstorable = findUnstorable(parsed.data, []);
  if (unstorable !== undefined)
    throw invalid(fieldError(unstorable, 'invalid', 'must be text without U+0000 and halves of characters'));
  return parsed.data;
}

/** Finds a text that the database cannot store. The recursion is shallow: the value has the schema's shape. */
function findUnstorable(value: unknown, path: Path): Path | undefined {
  if (typeof value === 'string') return isStorableText(value) ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = isStorableText(name) ? findUnstorable(inner, [...path, name]) : path;
    if (found !== undefined) return found;
  }
  return undefined;
}

function toFieldError(issue: z.core.$ZodIssue): FieldError {
  // A metadata key is chosen by the caller and may be anything, so it is not repeated.
  const path = issue.code === 'invalid_key' ? issue.path.slice(0, -1) : issue.path;
  const isMissing = issue.input === undefined || issue.input === null;
  return isMissing ? fieldError(path, 'required', 'is required') : fieldError(path, 'invalid', problemOf(issue));
}

function fieldError(path: Path, code: string, problem: string): FieldError {
  const field = path.map(String).join('.') || 'body';
  return { field, code: `${field.replaceAll(/\W+/g, '_')}_${code}`, message: `${field} ${problem}.` };
}

/** Describes the problem in our own words: zod's message would quote the received value. */
function problemOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeNames[issue.expected] ?? `of type ${issue.expected}`}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.minimum === 1 ? 'must not be empty' : `must have at least ${issue.minimum}`;
    case 'too_big':
      return `must have at most ${issue.maximum}`;
    case 'custom':
      return issue.message;
    default:
      return 'is not valid';
  }
}

const typeNames: Readonly<Record<string, string>> = { array: 'a list', record: 'of type object' };
