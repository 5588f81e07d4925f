import { ConfigurationError } from '@connect-auth/core';
import { findCurrentOrg, OrgContextError } from '@connect-auth/isolation';
import type { PoolClient } from 'pg';
import type { OrgPool } from '../pool/org-pool.js';

type Connected = (error: Error | undefined, client?: unknown, release?: (reason?: Error) => void) => void;

/** What TypeORM calls of the module `pg`. */
export interface TypeormDriver {
  readonly Pool: new (options: object) => unknown;
}

/**
 * Puts TypeORM on an `OrgPool`, as the `driver` of a `postgres` data source:
 *
 * ```ts
 * new DataSource({ type: 'postgres', driver: typeormDriver(pool), installExtensions: false, entities })
 * ```
 *
 * `initialize()` needs no frame: what TypeORM wants to know of the server then, it is told. Migrations and `synchronize`
 * need a data source of their own, since they are for no organization. `destroy()` leaves the pool to whoever made it.
 *
 * The data source throws ConfigurationError if it names a server, a user or a size of its own.
 */
export const typeormDriver = (pool: OrgPool): TypeormDriver => ({
  Pool: class {
    constructor(options: object) {
      for (const [name, value] of Object.entries(options)) {
        if (value !== undefined)
          throw new ConfigurationError(name, 'belongs to the OrgPool and not to the data source');
      }
    }

    on(event: 'error', listener: (error: Error) => void): void {
      pool.on(event, listener);
    }

    connect(connected: Connected): void {
      if (findCurrentOrg() !== undefined) pool.connect(connected as (error?: Error, client?: PoolClient) => void);
      else connected(undefined, new FramelessConnection(pool), () => undefined);
    }

    end(ended: () => void): void {
      ended();
    }
  },
});

const questions = {
  'SELECT version()': ({ version }) => ({ version }),
  'SELECT * FROM current_database()': ({ database }) => ({ current_database: database }),
  'SELECT * FROM current_schema()': ({ schema }) => ({ current_schema: schema }),
} as const satisfies Record<string, (server: Awaited<ReturnType<OrgPool['describeServer']>>) => object>;

/** What a data source gets while nothing is done for anybody. It answers what is asked at the start, and no more. */
class FramelessConnection {
  constructor(private readonly pool: OrgPool) {}

  async query(text: string): Promise<{ rows: object[]; rowCount: number }> {
    const question = text.trim().replace(/;$/, '');
    if (!Object.hasOwn(questions, question)) throw new OrgContextError('org_context_missing');
    return { rows: [questions[question as keyof typeof questions](await this.pool.describeServer())], rowCount: 1 };
  }

  on(): void {}

  removeListener(): void {}
}
