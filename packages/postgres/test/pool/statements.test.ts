import { describe, expect, test } from '@jest/globals';
import { classifyStatement } from '../../src/statement/classify-statement.js';

const kinds: Record<string, readonly string[]> = {
  begin: [
    'BEGIN',
    'begin;',
    '-- so\nBEGIN',
    '/* a /* b */ */ START TRANSACTION ISOLATION LEVEL SERIALIZABLE',
    'begin read only',
  ],
  commit: ['COMMIT', 'end', 'commit work;'],
  rollback: ['ROLLBACK', 'abort', 'rollback transaction'],
  savepoint: ['SAVEPOINT a', 'release savepoint a', 'ROLLBACK TO a', 'rollback work to savepoint a'],
  modes: ['SET TRANSACTION ISOLATION LEVEL SERIALIZABLE', 'set local transaction read only'],
  plain: [
    '',
    '-- nothing',
    'select 1; select 2',
    "select 'commit; begin'",
    String.raw`select E'it\'s; commit'`,
    'select "commit; begin" from t',
    'select $$; commit; $$, $tag$ $$ ; commit $tag$',
    'select 1 /* ; commit */',
    'select $1::text, $2',
    'set local statement_timeout = 5',
    'set constraints all deferred',
    "select set_config('app_name.x', $1, true)",
    "select 'a text that says set_config'",
    'select app.org_id()',
    'create temp table scratch (id int) on commit drop',
    'do $$ begin create temp table scratch (id int) on commit drop; end $$',
    'create table place (temp int, pg_temp int)',
    'select temp from place',
    'select pg_advisory_xact_lock(1)',
    'declare c cursor for select 1',
    'select begin_at, role from sets',
  ],
};

const refused: Record<string, readonly string[]> = {
  role: [
    'SET ROLE postgres',
    'set local role x',
    'RESET ROLE',
    'set session authorization x',
    'reset session authorization',
    'select 1; set role x',
  ],
  settings: [
    'SET search_path = x',
    'set session characteristics as transaction read only',
    'RESET ALL',
    'reset statement_timeout',
    'set session x = 1',
  ],
  binding: [
    "SET app.org_id = 'x'",
    "set local app.org_id = 'x'",
    `set local "app"."org_id" = 'x'`,
    'reset app.org_id',
    "select set_config('app.org_id', 'x', true)",
    "select SET_CONFIG ( 'app.org_tx', 'x', true)",
    'select set_config($1, $2, true)',
    "select set_config('statement_timeout', '1', false)",
    "select pg_catalog.set_config('role', 'x', true)",
    `select "set_config"('app.org_id', 'x', true)`,
    "select app.bind_org('other')",
    `select app."bind_org"('other')`,
    "do $$ begin perform set_config('app.org_id', 'x', true); end $$",
    "update pg_settings set setting = 'x' where name = 'app.org_id'",
    'set local row_security = off',
  ],
  session: [
    'DISCARD ALL',
    'prepare p as select 1',
    'deallocate all',
    'create temp table t as select 1',
    'create temporary table t (id int)',
    'select 1 into temp t',
    'create table pg_temp.project (id int)',
    'create table "pg_temp".project as select 1',
    'create function pg_temp.f() returns int language sql as $$ select 1 $$',
    'select 1 into pg_temp_3.t',
    'alter table project set schema pg_temp',
    'create or replace temp view project as select 1',
    'do $$ begin create temp table project (id int); end $$',
    'declare c cursor with hold for select 1',
    'select pg_advisory_lock(1)',
    'select pg_try_advisory_lock_shared(1)',
    "load 'x'",
  ],
  messages: ['LISTEN a', 'unlisten *', "notify a, 'b'", "select pg_notify('a', 'b')"],
  two_phase: ["prepare transaction 'x'", "commit prepared 'x'", "rollback prepared 'x'"],
  several: [
    'select 1; commit; select 2',
    'begin; select 1',
    'select 1; rollback',
    'select 1;; savepoint a',
    'commit; begin',
  ],
  chain: ['commit and chain', 'rollback work and chain'],
  unicode: [String.raw`select U&"\0062ind_org"('x')`],
};

describe('what a statement does', () => {
  test.each(Object.entries(kinds).flatMap(([kind, texts]) => texts.map((text) => ({ kind, text }))))(
    '$kind: $text',
    ({ kind, text }) => {
      expect(classifyStatement(text)).toBe(kind);
    },
  );

  test.each(Object.entries(refused).flatMap(([reason, texts]) => texts.map((text) => ({ reason, text }))))(
    'refused as $reason: $text',
    ({ reason, text }) => {
      expect(() => classifyStatement(text)).toThrow(expect.objectContaining({ code: 'statement_refused', reason }));
    },
  );

  test('a refusal does not repeat the statement', () => {
    expect(() => classifyStatement("set role 'secret'")).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});
