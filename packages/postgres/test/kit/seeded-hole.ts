import { contextSql, type FindingCode, wallSql } from '@connect-auth/postgres';
import type { Engine } from './engine.js';

/** A hole, made in a clean schema, and how it is found. */
export interface SeededHole {
  readonly code: FindingCode;
  readonly hole: string;
  readonly object: (engine: Engine) => string;
  /** SQL that makes the hole, and SQL that closes it. */
  readonly open: (engine: Engine) => string;
  readonly close: (engine: Engine) => string;
  /** What is found besides, since the hole cannot be made without it. */
  readonly besides?: readonly string[];
  /** Whether the superuser has to ask, with the role named. Default: the application asks. */
  readonly isAskedByName?: boolean;
}

/** A table with a wall of its own making, for what the tables of the clean schema cannot show. */
const walled = (name: string, columns: string, owner: string, runtime: string) => `
  CREATE TABLE app.${name} (org_id text NOT NULL DEFAULT app.org_id(), ${columns});
  ALTER TABLE app.${name} OWNER TO ${owner};
  CREATE INDEX ON app.${name} (org_id);
  ALTER TABLE app.${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY org_base ON app.${name} USING (true);
  CREATE POLICY org_wall ON app.${name} AS RESTRICTIVE
    USING (org_id = (SELECT app.org_id())) WITH CHECK (org_id = (SELECT app.org_id()));
  GRANT SELECT ON app.${name} TO ${runtime};`;

const onProject = () => 'app.project';
const onRole = ({ runtime }: Engine) => runtime;

export const seededHoles: readonly SeededHole[] = [
  {
    code: 'ROLE_BYPASS',
    hole: 'a role with BYPASSRLS',
    object: onRole,
    open: ({ runtime }) => `ALTER ROLE ${runtime} BYPASSRLS`,
    close: ({ runtime }) => `ALTER ROLE ${runtime} NOBYPASSRLS`,
    isAskedByName: true,
  },
  {
    code: 'ROLE_BYPASS',
    hole: 'a role with REPLICATION, which reads the log',
    object: onRole,
    open: ({ runtime }) => `ALTER ROLE ${runtime} REPLICATION`,
    close: ({ runtime }) => `ALTER ROLE ${runtime} NOREPLICATION`,
  },
  {
    code: 'ROLE_MEMBER_BYPASS',
    hole: 'a member of a role with BYPASSRLS',
    object: ({ runtime }) => `${runtime}_admin`,
    open: ({ runtime }) => `CREATE ROLE ${runtime}_admin BYPASSRLS; GRANT ${runtime}_admin TO ${runtime}`,
    close: ({ runtime }) => `DROP ROLE ${runtime}_admin`,
  },
  {
    code: 'ROLE_MEMBER_BYPASS',
    hole: 'a role that makes roles',
    object: onRole,
    open: ({ runtime }) => `ALTER ROLE ${runtime} CREATEROLE`,
    close: ({ runtime }) => `ALTER ROLE ${runtime} NOCREATEROLE`,
  },
  {
    code: 'ROLE_MEMBER_BYPASS',
    hole: 'a role that reads the files of the server',
    object: () => 'pg_read_server_files',
    open: ({ runtime }) => `GRANT pg_read_server_files TO ${runtime}`,
    close: ({ runtime }) => `REVOKE pg_read_server_files FROM ${runtime}`,
  },
  {
    code: 'OWNED_BY_RUNTIME',
    hole: 'a table that belongs to the role',
    object: onProject,
    open: ({ runtime }) => `ALTER TABLE app.project OWNER TO ${runtime};
      REVOKE TRUNCATE, REFERENCES, TRIGGER ON app.project FROM ${runtime}`,
    close: ({ owner, runtime }) => `ALTER TABLE app.project OWNER TO ${owner};
      REVOKE ALL ON app.project FROM ${runtime};
      GRANT ALL ON app.project TO ${owner};
      GRANT SELECT, INSERT, UPDATE, DELETE ON app.project TO ${runtime}`,
  },
  {
    code: 'OWNED_BY_RUNTIME',
    hole: 'a schema that belongs to the role, which can drop what is in it, walls and all',
    object: () => 'app',
    open: ({ runtime }) => `ALTER SCHEMA app OWNER TO ${runtime}`,
    close: ({ owner }) => `ALTER SCHEMA app OWNER TO ${owner}`,
  },
  {
    code: 'CREATE_GRANTED',
    hole: 'a schema in which the role can create what others call',
    object: () => 'app',
    open: ({ runtime }) => `GRANT CREATE ON SCHEMA app TO ${runtime}`,
    close: ({ runtime }) => `REVOKE CREATE ON SCHEMA app FROM ${runtime}`,
  },
  {
    code: 'CONTEXT_UNSOUND',
    hole: 'an org_id that falls back to a default',
    object: () => 'app.org_id()',
    open: () => `CREATE OR REPLACE FUNCTION app.org_id() RETURNS text LANGUAGE sql STABLE
      AS $$ SELECT coalesce(current_setting('app.org_id', true), 'org_A') $$`,
    close: ({ owner, runtime }) => contextSql({ owner, runtime }),
  },
  {
    code: 'CONTEXT_UNSOUND',
    hole: 'a bind_org that is not there',
    object: () => 'app.bind_org(text, text[])',
    open: () => 'ALTER FUNCTION app.bind_org(text, text[]) RENAME TO tie_org',
    close: () => 'ALTER FUNCTION app.tie_org(text, text[]) RENAME TO bind_org',
  },
  {
    code: 'NO_TENANT_COLUMN',
    hole: 'a table without an organization',
    object: () => 'app.note',
    open: ({ runtime }) => `CREATE TABLE app.note (text text); GRANT SELECT ON app.note TO ${runtime}`,
    close: () => 'DROP TABLE app.note',
  },
  {
    code: 'NO_TENANT_COLUMN',
    hole: 'a table of which a single column is granted',
    object: () => 'app.note',
    open: ({ runtime }) => `CREATE TABLE app.note (text text); GRANT SELECT (text) ON app.note TO ${runtime}`,
    close: () => 'DROP TABLE app.note',
  },
  {
    code: 'NO_TENANT_COLUMN',
    hole: 'a table that the role reaches by SET ROLE alone',
    object: () => 'app.note',
    open: ({ runtime }) => `CREATE ROLE ${runtime}_reader; ALTER ROLE ${runtime} NOINHERIT;
      GRANT ${runtime}_reader TO ${runtime}; CREATE TABLE app.note (text text);
      GRANT SELECT ON app.note TO ${runtime}_reader`,
    close: ({ runtime }) => `DROP TABLE app.note; DROP ROLE ${runtime}_reader; ALTER ROLE ${runtime} INHERIT`,
  },
  {
    code: 'TENANT_NULLABLE',
    hole: 'rows of nobody',
    object: onProject,
    open: () => `ALTER TABLE app.project DROP CONSTRAINT IF EXISTS project_org_id_not_null;
      ALTER TABLE app.project ALTER org_id DROP NOT NULL`,
    close: () => 'ALTER TABLE app.project ALTER org_id SET NOT NULL',
  },
  {
    code: 'RLS_OFF',
    hole: 'row-level security that is off',
    object: onProject,
    open: () => 'ALTER TABLE app.project DISABLE ROW LEVEL SECURITY',
    close: () => 'ALTER TABLE app.project ENABLE ROW LEVEL SECURITY',
  },
  {
    code: 'RLS_NOT_FORCED',
    hole: 'an owner who need not obey',
    object: onProject,
    open: () => 'ALTER TABLE app.project NO FORCE ROW LEVEL SECURITY',
    close: () => 'ALTER TABLE app.project FORCE ROW LEVEL SECURITY',
  },
  {
    code: 'PARTITION_GRANTED',
    hole: 'a partition that is granted by itself',
    object: () => 'app.part_one',
    open: ({ runtime }) => `CREATE TABLE app.part (org_id text NOT NULL, id bigint) PARTITION BY RANGE (id);
      CREATE TABLE app.part_one PARTITION OF app.part FOR VALUES FROM (1) TO (2);
      CREATE INDEX ON app.part (org_id);
      GRANT SELECT ON app.part_one TO ${runtime}`,
    close: () => 'DROP TABLE app.part',
  },
  {
    code: 'NO_RESTRICTIVE_WALL',
    hole: 'a table without the wall',
    object: onProject,
    open: () => 'DROP POLICY org_wall ON app.project',
    close: ({ runtime }) => wallSql({ table: 'project', runtime }),
  },
  {
    code: 'NO_RESTRICTIVE_WALL',
    hole: 'a wall of ours with an addition',
    object: onProject,
    open: () => "ALTER POLICY org_wall ON app.project USING (org_id = (SELECT app.org_id()) OR name = 'public')",
    close: () => 'ALTER POLICY org_wall ON app.project USING (org_id = (SELECT app.org_id()))',
  },
  {
    code: 'NO_RESTRICTIVE_WALL',
    hole: 'a wall of another name that compares the organization with itself',
    object: onProject,
    open: () => `DROP POLICY org_wall ON app.project;
      CREATE POLICY own ON app.project AS RESTRICTIVE USING (org_id = lower(org_id))`,
    close: ({ runtime }) => `DROP POLICY own ON app.project; ${wallSql({ table: 'project', runtime })}`,
  },
  {
    code: 'NO_RESTRICTIVE_WALL',
    hole: 'a wall for one role only',
    object: onProject,
    open: ({ runtime }) => `ALTER POLICY org_wall ON app.project TO ${runtime}`,
    close: () => 'ALTER POLICY org_wall ON app.project TO PUBLIC',
  },
  {
    code: 'NO_RESTRICTIVE_WALL',
    hole: 'a wall with the readable organizations for every command',
    object: onProject,
    open: () => 'ALTER POLICY org_wall ON app.project USING (org_id = ANY ((SELECT app.readable_orgs())::text[]))',
    close: () => 'ALTER POLICY org_wall ON app.project USING (org_id = (SELECT app.org_id()))',
  },
  {
    code: 'NO_RESTRICTIVE_WALL',
    hole: 'a hierarchy in which what is below can be deleted',
    object: onProject,
    open: ({ runtime }) => `${wallSql({ table: 'project', hierarchy: true, runtime })}
      ALTER POLICY org_wall_delete ON app.project USING (org_id = ANY ((SELECT app.readable_orgs())::text[]))`,
    close: ({ runtime }) => wallSql({ table: 'project', runtime }),
  },
  {
    code: 'POLICY_NOT_INITPLAN',
    hole: 'a context that is asked for once a row',
    object: () => 'app.project.mine',
    open: () => 'CREATE POLICY mine ON app.project AS RESTRICTIVE USING (org_id = app.org_id())',
    close: () => 'DROP POLICY mine ON app.project',
  },
  {
    code: 'VIEW_NOT_INVOKER',
    hole: 'a view that reads as its owner',
    object: () => 'app.every_project',
    open: ({ runtime }) => `CREATE VIEW app.every_project AS SELECT * FROM app.project;
      GRANT SELECT ON app.every_project TO ${runtime}`,
    close: () => 'DROP VIEW app.every_project',
  },
  {
    code: 'MATVIEW',
    hole: 'a materialized view',
    object: () => 'app.kept',
    open: ({ runtime }) =>
      `CREATE MATERIALIZED VIEW app.kept AS SELECT 1 AS one; GRANT SELECT ON app.kept TO ${runtime}`,
    close: () => 'DROP MATERIALIZED VIEW app.kept',
  },
  {
    code: 'FOREIGN_TABLE',
    hole: 'a foreign table',
    object: () => 'app.elsewhere',
    open: ({ runtime }) => `CREATE FOREIGN DATA WRAPPER far; CREATE SERVER there FOREIGN DATA WRAPPER far;
      CREATE FOREIGN TABLE app.elsewhere (org_id text) SERVER there; GRANT SELECT ON app.elsewhere TO ${runtime}`,
    close: () => 'DROP FOREIGN DATA WRAPPER far CASCADE',
  },
  {
    code: 'SECURITY_DEFINER',
    hole: 'a function that counts as its owner',
    object: () => 'app.count_all()',
    open: () => `CREATE FUNCTION app.count_all() RETURNS bigint LANGUAGE sql SECURITY DEFINER
      AS $$ SELECT count(*) FROM app.project $$`,
    close: () => 'DROP FUNCTION app.count_all()',
  },
  {
    code: 'SECURITY_DEFINER',
    hole: 'a function that the role calls after SET ROLE alone',
    object: () => 'app.count_all()',
    open: ({ runtime }) => `CREATE FUNCTION app.count_all() RETURNS bigint LANGUAGE sql SECURITY DEFINER
      AS $$ SELECT count(*) FROM app.project $$;
      REVOKE ALL ON FUNCTION app.count_all() FROM PUBLIC;
      CREATE ROLE ${runtime}_counter; ALTER ROLE ${runtime} NOINHERIT; GRANT ${runtime}_counter TO ${runtime};
      GRANT EXECUTE ON FUNCTION app.count_all() TO ${runtime}_counter`,
    close: ({ runtime }) =>
      `DROP FUNCTION app.count_all(); DROP ROLE ${runtime}_counter; ALTER ROLE ${runtime} INHERIT`,
  },
  {
    code: 'SECURITY_DEFINER',
    hole: 'a trigger that writes as its owner, which needs no right to call it',
    object: () => 'behind.count_up()',
    open: () => `CREATE SCHEMA behind;
      CREATE FUNCTION behind.count_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN UPDATE app.task SET id = id; RETURN NEW; END $$;
      REVOKE ALL ON FUNCTION behind.count_up() FROM PUBLIC;
      CREATE TRIGGER count_up BEFORE INSERT ON app.project FOR EACH ROW EXECUTE FUNCTION behind.count_up()`,
    close: () => 'DROP SCHEMA behind CASCADE',
  },
  {
    code: 'OWNER_RULE',
    hole: 'a rule that writes as the owner of the table',
    object: () => 'app.project.into_log',
    open: () => `CREATE TABLE app.log (id text);
      CREATE RULE into_log AS ON INSERT TO app.project DO ALSO INSERT INTO app.log VALUES (NEW.id)`,
    close: () => 'DROP TABLE app.log CASCADE',
  },
  {
    code: 'FK_CROSS_TENANT',
    hole: 'a foreign key of a table of no organization',
    object: () => 'app.note.to_project',
    open: ({ runtime }) => `CREATE UNIQUE INDEX project_key ON app.project (id);
      CREATE TABLE app.note (project text CONSTRAINT to_project REFERENCES app.project (id));
      GRANT INSERT ON app.note TO ${runtime}`,
    close: () => 'DROP TABLE app.note; DROP INDEX app.project_key',
    besides: ['NO_TENANT_COLUMN app.note', 'UNIQUE_ORACLE app.project.project_key'],
  },
  {
    code: 'FK_CROSS_TENANT',
    hole: 'a foreign key without the organization',
    object: () => 'app.remark.to_project',
    open: ({ owner, runtime }) => `CREATE UNIQUE INDEX project_key ON app.project (id, org_id);
      ${walled('remark', 'project text, org2 text', owner, runtime)}
      ALTER TABLE app.remark ADD CONSTRAINT to_project FOREIGN KEY (org2, project) REFERENCES app.project (org_id, id)`,
    close: () => 'DROP TABLE app.remark; DROP INDEX app.project_key',
  },
  {
    code: 'UNIQUE_ORACLE',
    hole: 'a name that is unique across organizations',
    object: () => 'app.project.project_name',
    open: () => 'CREATE UNIQUE INDEX project_name ON app.project (name)',
    close: () => 'DROP INDEX app.project_name',
  },
  {
    code: 'UNIQUE_ORACLE',
    hole: 'a unique index that only carries the organization along',
    object: () => 'app.project.project_name',
    open: () => 'CREATE UNIQUE INDEX project_name ON app.project (name) INCLUDE (org_id)',
    close: () => 'DROP INDEX app.project_name',
  },
  {
    code: 'UNIQUE_ORACLE',
    hole: 'a unique index on one partition, which is reached by its table',
    object: () => 'app.part_one.part_name',
    open: ({
      owner,
      runtime,
    }) => `CREATE TABLE app.part (org_id text NOT NULL, id bigint, name text) PARTITION BY RANGE (id);
      CREATE TABLE app.part_one PARTITION OF app.part FOR VALUES FROM (1) TO (2);
      CREATE INDEX ON app.part (org_id);
      ALTER TABLE app.part OWNER TO ${owner};
      ${wallSql({ table: 'part', runtime })}
      CREATE UNIQUE INDEX part_name ON app.part_one (name)`,
    close: () => 'DROP TABLE app.part',
  },
  {
    code: 'NO_TENANT_INDEX',
    hole: 'a table without an index on the organization',
    object: () => 'app.remark',
    open: ({ owner, runtime }) => `${walled('remark', 'note text', owner, runtime)}
      DROP INDEX app.remark_org_id_idx`,
    close: () => 'DROP TABLE app.remark',
  },
  {
    code: 'NON_LEAKPROOF_INDEX',
    hole: 'an index on a number of any precision',
    object: () => 'app.remark.remark_amount',
    open: ({ owner, runtime }) => `${walled('remark', 'amount numeric', owner, runtime)}
      CREATE INDEX remark_amount ON app.remark (org_id, amount)`,
    close: () => 'DROP TABLE app.remark',
  },
  ...(['TRUNCATE', 'REFERENCES', 'TRIGGER'] as const).map((privilege) => ({
    code: `${privilege}_GRANTED` as const,
    hole: `the privilege ${privilege}`,
    object: onProject,
    open: ({ runtime }: Engine) => `GRANT ${privilege} ON app.project TO ${runtime}`,
    close: ({ runtime }: Engine) => `REVOKE ${privilege} ON app.project FROM ${runtime}`,
  })),
  {
    code: 'SEQUENCE_READABLE',
    hole: 'a sequence that tells its last value',
    object: () => 'app.number',
    open: ({ runtime }) => `CREATE SEQUENCE app.number; GRANT SELECT ON SEQUENCE app.number TO ${runtime}`,
    close: () => 'DROP SEQUENCE app.number',
  },
];
