import { dollarQuote, qualify } from './quote-identifier.js';

/** A function of the organization context, as data: created from it, and compared with it by `verifyWalls`. */
export interface ContextFunction {
  readonly schema: string;
  readonly name: string;
  /** As in `CREATE FUNCTION`: names, types and defaults. */
  readonly parameters: string;
  /** The types alone, as in `DROP FUNCTION`. */
  readonly signature: string;
  readonly returns: string;
  /** A plpgsql body. */
  readonly body: string;
  readonly volatility: 'VOLATILE' | 'STABLE';
  /** Whether it runs with the privileges of its owner, who alone can read the keys. */
  readonly isDefiner: boolean;
  /** Whether the application may call it. */
  readonly isPublic: boolean;
}

/** The `search_path` of definer functions: no object of the caller's can stand in for a built-in. */
export const definerSearchPath = 'pg_catalog, pg_temp';

/** `"app"."org_id"()`, for `GRANT`, `ALTER` and `DROP`. */
export const nameFunction = ({ schema, name, signature }: ContextFunction): string =>
  `${qualify(schema, name)}(${signature})`;

/** @returns `CREATE OR REPLACE FUNCTION …` */
export function createFunctionSql(made: ContextFunction): string {
  const properties = [
    `RETURNS ${made.returns} LANGUAGE plpgsql ${made.volatility}`,
    // Settings cannot be changed in a parallel worker.
    made.volatility === 'STABLE' ? 'PARALLEL SAFE' : 'PARALLEL UNSAFE',
    made.isDefiner ? `SECURITY DEFINER SET search_path = ${definerSearchPath}` : 'SECURITY INVOKER',
  ].join(' ');
  return `CREATE OR REPLACE FUNCTION ${qualify(made.schema, made.name)}(${made.parameters})
${properties}
AS ${dollarQuote(made.body, 'body')};`;
}
