import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkText } from '@connect-auth/core/adapter';
import { defaultSchema } from '../wall/context-options.js';
import { checkIdentifier, qualify, quoteIdentifier } from '../wall/quote-identifier.js';
import { resolveSealOptions, type SealOptions, type SealSettings } from '../wall/seal-options.js';
import { defaultColumn } from '../wall/wall-sql.js';

export interface ProbedTable {
  readonly table: string;
  /** Default: `app`. */
  readonly schema?: string;
  /** The column of the organization. Default: `org_id`. */
  readonly column?: string;
  /** A row that can be inserted, without its organization. */
  readonly row: Readonly<Record<string, unknown>>;
}

export interface ProbeWallsOptions {
  readonly orgA: string;
  readonly orgB: string;
  /** Referenced tables before the tables that reference them. */
  readonly tables: readonly ProbedTable[];
  /** The schema of `bind_org`. Default: `app`. */
  readonly contextSchema?: string;
  /** How organizations are sealed; required in a sealed context. */
  readonly seal?: SealOptions;
}

/** A table with its names quoted. */
export interface Probe {
  readonly table: string;
  readonly org: string;
  readonly columns: readonly string[];
  readonly values: readonly unknown[];
}

export interface ProbeWallsSettings {
  readonly orgA: string;
  readonly orgB: string;
  readonly probes: readonly Probe[];
  /** Quoted. */
  readonly bindOrg: string;
  readonly seal: SealSettings | undefined;
}

/** @throws ConfigurationError */
export function resolveProbeWallsOptions(options: ProbeWallsOptions): ProbeWallsSettings {
  checkKnown('', options, ['orgA', 'orgB', 'tables', 'contextSchema', 'seal']);
  const { tables } = options;
  const orgA = checkText('orgA', options.orgA);
  const orgB = checkText('orgB', options.orgB);
  if (orgA === orgB) throw new ConfigurationError('orgB', 'must be another organization');
  if (!Array.isArray(tables) || tables.length === 0) throw new ConfigurationError('tables', 'must list a table');
  const contextSchema = checkIdentifier('contextSchema', options.contextSchema ?? defaultSchema);
  const probes = tables.map((table: ProbedTable, at) => resolveProbe(`tables[${at}]`, table));
  const seal = options.seal === undefined ? undefined : resolveSealOptions('seal', options.seal);
  return { orgA, orgB, probes, bindOrg: qualify(contextSchema, 'bind_org'), seal };
}

function resolveProbe(path: string, probed: ProbedTable): Probe {
  if (typeof probed !== 'object' || probed === null) throw new ConfigurationError(path, 'must be an object');
  checkKnown(path, probed, ['table', 'schema', 'column', 'row']);
  const { row } = probed;
  if (typeof row !== 'object' || row === null) throw new ConfigurationError(`${path}.row`, 'must be an object');
  const column = checkIdentifier(`${path}.column`, probed.column ?? defaultColumn);
  if (Object.hasOwn(row, column)) throw new ConfigurationError(`${path}.row`, 'must not have the organization');
  return {
    table: qualify(
      checkIdentifier(`${path}.schema`, probed.schema ?? defaultSchema),
      checkIdentifier(`${path}.table`, probed.table),
    ),
    org: quoteIdentifier(column),
    columns: Object.keys(row).map((name) => quoteIdentifier(checkIdentifier(`${path}.row`, name))),
    values: Object.values(row),
  };
}
