import { ConfigurationError } from '@connect-auth/core';
import { findCurrentOrg, OrgContextError } from '@connect-auth/isolation';
import type { PoolClient } from 'pg';
import type { OrgPool } from '../pool/org-pool.js';

type Connected = (error: Error | undefined, client?: unknown, release?: (reason?: Error) => void) => void;

/** The part of the module `pg` that TypeORM uses. */
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
 * `initialize()` needs no frame: the queries about the server that TypeORM makes then are answered from `describeServer()`.
 * Migrations and `synchronize` need a data source of their own, since they belong to no organization. `destroy()` does not
 * end the pool.
 *
 * The data source throws ConfigurationError if it sets a server, user or pool size.
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

const serverQueries = {
  'SELECT version()': ({ version }) => ({ version }),
  'SELECT * FROM current_database()': ({ database }) => ({ current_database: database }),
  'SELECT * FROM current_schema()': ({ schema }) => ({ current_schema: schema }),
} as const satisfies Record<string, (server: Awaited<ReturnType<OrgPool['describeServer']>>) => object>;

/** The connection that a data source gets outside any frame. It answers TypeORM's queries about the server, and no others. */
class FramelessConnection {
  constructor(private readonly pool: OrgPool) {}

  async query(text: string): Promise<{ rows: object[]; rowCount: number }> {
    const query = text.trim().replace(/;$/, '');
    if (!Object.hasOwn(serverQueries, query)) throw new OrgContextError('org_context_missing');
    return {
      rows: [serverQueries[query as keyof typeof serverQueries](await this.pool.describeServer())],
      rowCount: 1,
    };
  }

  on(): void {}

  removeListener(): void {}
}
