import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly services?: Readonly<Record<string, { readonly image: string }>>;
  readonly strategy?: {
    readonly matrix: {
      readonly node: readonly unknown[];
      readonly postgres: readonly unknown[];
      readonly include: readonly Readonly<Record<string, unknown>>[];
    };
  };
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** A workflow file as GitHub reads it. */
export function readWorkflow(name: 'ci' | 'release'): Workflow {
  return parse(readFileSync(join(resolve(import.meta.dirname, '../..'), `.github/workflows/${name}.yml`), 'utf8'));
}
