import {
  type ContextMode,
  compositeForeignKeySql,
  contextSql,
  orgUniqueSql,
  sealKeySql,
  wallSql,
} from '@connect-auth/postgres';
import { sealOrg } from '../../src/wall/seal-org.js';
import type { Engine, Session } from './engine.js';
import { testSeal } from './test-seal.js';

export interface Shape {
  readonly mode?: ContextMode;
  readonly hierarchy?: boolean;
}

/** Projects and their tasks, made by the generators alone. */
export async function createTables(engine: Engine, { mode = 'bound', hierarchy = false }: Shape = {}): Promise<void> {
  const { owner, runtime } = engine;
  await engine.administer(contextSql({ mode, owner, runtime }));
  await engine.administer(`
    CREATE TABLE app.project (org_id text, id text NOT NULL, name text);
    CREATE TABLE app.task (org_id text, id text NOT NULL, project_id text);
    ALTER TABLE app.project OWNER TO ${owner};
    ALTER TABLE app.task OWNER TO ${owner};
  `);
  const references = { table: 'project', columns: ['id'] };
  for (const script of [
    wallSql({ table: 'project', hierarchy, runtime }),
    wallSql({ table: 'task', hierarchy, runtime }),
    orgUniqueSql({ table: 'project', columns: ['id'] }),
    orgUniqueSql({ table: 'task', columns: ['id'] }),
    compositeForeignKeySql({ table: 'task', columns: ['project_id'], references, onDelete: 'cascade' }),
  ]) {
    // Again changes nothing.
    await engine.administer(script);
    await engine.administer(script);
  }
  if (mode === 'sealed') {
    const { text, values } = sealKeySql(testSeal);
    await engine.administerWith(text, values);
  }
}

/** Far off, by the clock of the database. */
export const farOff = 4_000_000_000;

/** The statement that binds an organization, for a context of either mode. */
export function bindStatement(mode: ContextMode, orgId: string, readableOrgs?: readonly string[]) {
  if (mode === 'bound') return { text: 'SELECT app.bind_org($1, $2)', values: [orgId, readableOrgs ?? null] };
  const sealed = sealOrg(testSeal, {
    orgId,
    expiresAtSeconds: farOff,
    ...(readableOrgs === undefined ? {} : { readableOrgs }),
  });
  return { text: 'SELECT app.bind_org($1)', values: [sealed] };
}

export interface Bound {
  readonly mode?: ContextMode;
  readonly readableOrgs?: readonly string[];
}

/** A transaction for an organization. @returns what the work does; an error of PostgreSQL as its SQLSTATE */
export async function inOrg<Result>(
  session: Session,
  orgId: string,
  work: (session: Session) => Promise<Result>,
  { mode = 'bound', readableOrgs }: Bound = {},
): Promise<Result | string> {
  await session.query('BEGIN');
  try {
    const { text, values } = bindStatement(mode, orgId, readableOrgs);
    await session.query(text, values);
    const result = await work(session);
    await session.query('COMMIT');
    return result;
  } catch (error) {
    await session.query('ROLLBACK');
    return codeOf(error);
  }
}

/** The SQLSTATE of an error of either driver. */
function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string' || code.length !== 5) throw error;
  return code;
}

/** What a statement by itself answers: its rows, or the SQLSTATE. */
export const attempt = (session: Session, text: string, values: unknown[] = []) =>
  session.query(text, values).then(({ rows }) => rows, codeOf);
