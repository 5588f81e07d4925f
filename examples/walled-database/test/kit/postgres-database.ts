import { createDatabase } from '@connect-auth/test-kit/postgres';

/** An empty database of a test's own, in the words of `openPostgres`, which makes the roles. */
export interface PostgresDatabase {
  /** As the API logs in, once the role is there. */
  readonly url: string;
  readonly adminUrl: string;
  readonly owner: string;
  readonly runtime: string;
  drop(): Promise<void>;
}

export async function createPostgresDatabase(): Promise<PostgresDatabase> {
  const {
    runtimeUrl: url,
    connectionString: adminUrl,
    ownerRole: owner,
    runtimeRole: runtime,
    drop,
  } = await createDatabase();
  return { url, adminUrl, owner, runtime, drop };
}
