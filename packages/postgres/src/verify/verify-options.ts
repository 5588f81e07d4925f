import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkText, checkTexts } from '@connect-auth/core/adapter';
import { type ContextMode, checkMode, defaultPrivateSchema, defaultSchema } from '../wall/context-options.js';
import { checkIdentifier } from '../wall/quote-identifier.js';
import { defaultColumn } from '../wall/wall-sql.js';
import type { ContextPlace } from './context-holes.js';
import { type FindingCode, remedies } from './finding.js';

export interface AcceptedFinding {
  readonly code: FindingCode;
  /** As in the finding. */
  readonly object: string;
  /** Why it is accepted, for the next reader. */
  readonly reason: string;
}

export interface VerifyWallsOptions {
  /** The schemas of the tables. Views and whatever else shows their rows are found in all schemas. Default: `['app']`. */
  readonly schemas?: readonly string[];
  /** The column of the organization. Default: `org_id`. */
  readonly column?: string;
  /** The role to verify the walls for. Default: the current one, as the application would. */
  readonly role?: string;
  /** Tables that belong to no organization, as `schema.table`, quoted as in findings. Default: none. */
  readonly global?: readonly string[];
  /** Findings that are accepted, and reported apart. Default: none. */
  readonly accept?: readonly AcceptedFinding[];
  /**
   * The schemas and the mode given to `contextSql`. Without `mode`, whichever is found. `false`: the context functions are
   * the application's own, and are not checked. Default: `app` and `app_private`.
   */
  readonly context?: { readonly schema?: string; readonly privateSchema?: string; readonly mode?: ContextMode } | false;
}

export interface VerifyWallsSettings {
  readonly schemas: readonly string[];
  readonly column: string;
  readonly role: string | undefined;
  readonly global: readonly string[];
  readonly accept: readonly AcceptedFinding[];
  readonly context: ContextPlace | undefined;
}

export const verifyOptionNames = ['schemas', 'column', 'role', 'global', 'accept', 'context'];

/** @throws ConfigurationError */
export function resolveVerifyWallsOptions(options: VerifyWallsOptions): VerifyWallsSettings {
  checkKnown('', options, verifyOptionNames);
  const schemas = checkTexts('schemas', options.schemas ?? [defaultSchema]);
  if (schemas.length === 0) throw new ConfigurationError('schemas', 'must name a schema');
  return {
    schemas: schemas.map((name, at) => checkIdentifier(`schemas[${at}]`, name)),
    column: checkIdentifier('column', options.column ?? defaultColumn),
    role: options.role === undefined ? undefined : checkIdentifier('role', options.role),
    global: checkTexts('global', options.global ?? []),
    accept: checkAccepted(options.accept ?? []),
    context: resolveContextPlace(options.context ?? {}),
  };
}

function checkAccepted(value: readonly AcceptedFinding[]): readonly AcceptedFinding[] {
  if (!Array.isArray(value)) throw new ConfigurationError('accept', 'must be a list');
  return value.map((one: AcceptedFinding, at) => {
    const path = `accept[${at}]`;
    if (typeof one !== 'object' || one === null) throw new ConfigurationError(path, 'must be an object');
    checkKnown(path, one, ['code', 'object', 'reason']);
    if (!Object.hasOwn(remedies, one.code))
      throw new ConfigurationError(`${path}.code`, 'is not the code of a finding');
    return {
      code: one.code,
      object: checkText(`${path}.object`, one.object),
      reason: checkText(`${path}.reason`, one.reason),
    };
  });
}

function resolveContextPlace(context: NonNullable<VerifyWallsOptions['context']>): ContextPlace | undefined {
  if (context === false) return undefined;
  if (typeof context !== 'object') throw new ConfigurationError('context', 'must be an object or false');
  checkKnown('context', context, ['schema', 'privateSchema', 'mode']);
  return {
    schema: checkIdentifier('context.schema', context.schema ?? defaultSchema),
    privateSchema: checkIdentifier('context.privateSchema', context.privateSchema ?? defaultPrivateSchema),
    mode: context.mode === undefined ? undefined : checkMode('context.mode', context.mode),
  };
}
