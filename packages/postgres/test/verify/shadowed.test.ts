import { verifyWalls } from '@connect-auth/postgres';
import { beforeAll, expect, test } from '@jest/globals';
import { describeEngines } from '../kit/engines.js';
import { createTables } from '../kit/two-tables.js';

/** Functions that fit the arguments of the verifier better than PostgreSQL's own, which take any type or another one. */
const functions = [
  ['quote_ident', 'name', 'text'],
  ['format', 'text, name, name', 'text'],
  ['format', 'text, name, name, text', 'text'],
  ['format', 'text, text, text', 'text'],
  ['concat_ws', 'text, text, text, text', 'text'],
  ['unnest', 'text[]', 'SETOF text'],
  ['unnest', 'oid[]', 'SETOF oid'],
  ['unnest', 'int2[]', 'SETOF int2'],
  ['generate_subscripts', 'int2[], int', 'SETOF int'],
  ['cardinality', 'int2[]', 'int'],
] as const;

const operators = [
  ['"char"', 'text'],
  ['int', 'oid'],
  ['oid', 'regclass'],
  ['text[]', 'text[]'],
  ['int2[]', 'int2[]'],
] as const;

await describeEngines('functions that whoever asks has in his search path', (engine) => {
  beforeAll(async () => {
    await createTables(engine());
    const trap = "LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a trap was called by %', current_user; END $$";
    for (const [name, types, returns] of functions) {
      await engine().administer(`CREATE FUNCTION public.${name}(${types}) RETURNS ${returns} ${trap}`);
    }
    for (const [left, right] of operators) {
      await engine().administer(`CREATE FUNCTION public.equals(${left}, ${right}) RETURNS boolean ${trap};
        CREATE OPERATOR public.= (leftarg = ${left}, rightarg = ${right}, function = public.equals)`);
    }
    await engine().administer(`CREATE FUNCTION public.gather(text[], text) RETURNS text[] ${trap};
      CREATE AGGREGATE public.array_agg(text) (sfunc = public.gather, stype = text[])`);
  });

  test('are not called by the verifier, which an administrator may run', async () => {
    await engine().administer('CREATE TABLE app.note (text text); GRANT SELECT ON app.note TO PUBLIC');
    const { findings } = await engine().asSuperuser((session) => verifyWalls(session, { role: engine().runtime }));
    expect(findings.map(({ code }) => code)).toEqual(['NO_TENANT_COLUMN']);
  });
});
