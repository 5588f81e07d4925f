import type { SeededHole } from './seeded-hole.js';

const drop = () => 'DROP SCHEMA elsewhere CASCADE';

const schema = (runtime: string) => `CREATE SCHEMA elsewhere; GRANT USAGE ON SCHEMA elsewhere TO ${runtime};`;

/** Holes in a schema that nobody names, which lead into one that is verified. */
export const holesElsewhere: readonly SeededHole[] = [
  {
    code: 'VIEW_NOT_INVOKER',
    hole: 'a view in another schema',
    object: () => 'elsewhere.every_project',
    open: ({ runtime }) => `${schema(runtime)}
      CREATE VIEW elsewhere.every_project AS SELECT name FROM app.project;
      GRANT SELECT (name) ON elsewhere.every_project TO ${runtime}`,
    close: drop,
  },
  {
    code: 'VIEW_NOT_INVOKER',
    hole: 'a view in public over one in a schema that the role has no right to',
    object: () => 'public."Every project"',
    open: ({ runtime }) => `CREATE SCHEMA elsewhere;
      CREATE VIEW elsewhere.inside AS SELECT * FROM app.project;
      CREATE VIEW public."Every project" AS SELECT * FROM elsewhere.inside;
      GRANT SELECT ON elsewhere.inside, public."Every project" TO ${runtime}`,
    close: drop,
  },
  {
    code: 'VIEW_NOT_INVOKER',
    hole: 'a view of the owner over a view that reads as whoever asks it',
    object: () => 'elsewhere.outside',
    open: ({ runtime }) => `${schema(runtime)}
      CREATE VIEW elsewhere.inside WITH (security_invoker) AS SELECT count(*) FROM app.project;
      CREATE VIEW elsewhere.outside AS SELECT * FROM elsewhere.inside;
      GRANT SELECT ON elsewhere.inside, elsewhere.outside TO ${runtime}`,
    close: drop,
  },
  {
    code: 'VIEW_NOT_INVOKER',
    hole: 'a view that the role reads after SET ROLE alone',
    object: () => 'elsewhere.every_project',
    open: ({ runtime }) => `CREATE ROLE ${runtime}_reader; ALTER ROLE ${runtime} NOINHERIT;
      GRANT ${runtime}_reader TO ${runtime}; ${schema(`${runtime}_reader`)}
      CREATE VIEW elsewhere.every_project AS SELECT * FROM app.project;
      GRANT SELECT ON elsewhere.every_project TO ${runtime}_reader`,
    close: ({ runtime }) => `${drop()}; DROP ROLE ${runtime}_reader; ALTER ROLE ${runtime} INHERIT`,
  },
  {
    code: 'MATVIEW',
    hole: 'a materialized view in another schema, over a view there',
    object: () => 'elsewhere.kept',
    open: ({ runtime }) => `${schema(runtime)}
      CREATE VIEW elsewhere.inside WITH (security_invoker) AS SELECT * FROM app.project;
      CREATE MATERIALIZED VIEW elsewhere.kept AS SELECT * FROM elsewhere.inside;
      GRANT SELECT ON elsewhere.kept TO ${runtime}`,
    close: drop,
  },
  {
    code: 'FOREIGN_TABLE',
    hole: 'a partition in another schema that is a foreign table',
    object: () => 'elsewhere.part_one',
    open: ({ runtime }) => `${schema(runtime)}
      CREATE FOREIGN DATA WRAPPER far; CREATE SERVER there FOREIGN DATA WRAPPER far;
      CREATE TABLE app.part (org_id text, id bigint) PARTITION BY RANGE (id);
      CREATE FOREIGN TABLE elsewhere.part_one PARTITION OF app.part FOR VALUES FROM (1) TO (2) SERVER there;
      GRANT SELECT ON elsewhere.part_one TO ${runtime}`,
    close: () => `DROP TABLE app.part; ${drop()}; DROP FOREIGN DATA WRAPPER far CASCADE`,
  },
  {
    code: 'PARTITION_GRANTED',
    hole: 'a partition in another schema that is granted by itself',
    object: () => 'elsewhere.part_one',
    open: ({ runtime }) => `${schema(runtime)}
      CREATE TABLE app.part (org_id text NOT NULL, id bigint) PARTITION BY RANGE (id);
      CREATE TABLE elsewhere.part_one PARTITION OF app.part FOR VALUES FROM (1) TO (2);
      CREATE INDEX ON app.part (org_id);
      GRANT SELECT ON elsewhere.part_one TO ${runtime}`,
    close: () => `DROP TABLE app.part; ${drop()}`,
  },
  {
    code: 'RLS_OFF',
    hole: 'a table in another schema that a table inherits from, and shows its rows',
    object: () => 'elsewhere.base',
    open: ({ runtime }) => `${schema(runtime)}
      CREATE TABLE elsewhere.base (org_id text NOT NULL);
      CREATE INDEX ON elsewhere.base (org_id);
      CREATE TABLE app.heir () INHERITS (elsewhere.base);
      CREATE TABLE elsewhere.sibling () INHERITS (elsewhere.base);
      GRANT SELECT ON elsewhere.base, elsewhere.sibling TO ${runtime}`,
    close: () => `DROP TABLE app.heir; ${drop()}`,
  },
];
