import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkTexts } from '@connect-auth/core/adapter';
import {
  type ContextSettings,
  defaultOwner,
  defaultRuntime,
  defaultSchema,
  resolveContextOptions,
} from '../wall/context-options.js';
import { checkIdentifier } from '../wall/quote-identifier.js';
import { defaultColumn } from '../wall/wall-sql.js';
import type { CommandCall } from './command.js';
import { readJsonFile } from './read-json-file.js';

export interface PlanSettings {
  readonly tables: readonly string[];
  readonly schema: string;
  readonly column: string;
  readonly hierarchy: boolean;
  readonly context: ContextSettings;
}

/** Reads the file of `plan`, or takes the tables from `--tables` and defaults for the rest. @throws ConfigurationError */
export async function resolvePlanOptions({ operands: [file], values }: CommandCall): Promise<PlanSettings> {
  if ((file === undefined) === (values.tables === undefined)) {
    throw new ConfigurationError('plan', 'needs a file, or --tables');
  }
  const options = file === undefined ? { tables: String(values.tables).split(',') } : await readJsonFile(file);
  checkKnown('', options, ['tables', 'schema', 'column', 'hierarchy', 'owner', 'runtime', 'context']);
  const given = options as Readonly<Record<string, unknown>>;
  const { hierarchy = false, context = {} } = given;
  if (typeof hierarchy !== 'boolean') throw new ConfigurationError('hierarchy', 'must be true or false');
  if (typeof context !== 'object' || context === null) throw new ConfigurationError('context', 'must be an object');
  checkKnown('context', context, ['schema', 'mode', 'privateSchema']);
  const tables = checkTexts('tables', given.tables).map((name, at) => checkIdentifier(`tables[${at}]`, name));
  if (tables.length === 0) throw new ConfigurationError('tables', 'must name a table');
  return {
    tables,
    schema: checkIdentifier('schema', given.schema ?? defaultSchema),
    column: checkIdentifier('column', given.column ?? defaultColumn),
    hierarchy,
    context: resolveContextOptions({
      ...context,
      owner: checkIdentifier('owner', given.owner ?? defaultOwner),
      runtime: checkIdentifier('runtime', given.runtime ?? defaultRuntime),
    }),
  };
}
