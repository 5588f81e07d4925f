import {
  compositeForeignKeySql,
  contextSql,
  dropSealKeySql,
  orgUniqueSql,
  rolesSql,
  sealKeySql,
  wallSql,
} from '@connect-auth/postgres';
import { describe, expect, test } from '@jest/globals';
import { sealOrg } from '../../src/wall/seal-org.js';

const key = new Uint8Array(32);
const references = { table: 'project', columns: ['id'] };
const foreignKey = { table: 'task', columns: ['project_id'], references };
const loosely = (value: unknown) => value as never;

describe('what is refused, and in which words', () => {
  test.each<[string, () => unknown, string]>([
    ['contextSql', () => contextSql(loosely({ modus: 'bound' })), 'modus is not an option; known: schema, mode'],
    ['contextSql', () => contextSql(loosely({ mode: 'open' })), 'mode must be bound or sealed'],
    ['contextSql', () => contextSql({ schema: '' }), 'schema must be a non-empty string'],
    ['contextSql', () => contextSql({ schema: 'a'.repeat(64) }), 'schema must have at most 63 bytes'],
    ['contextSql', () => contextSql({ schema: 'é'.repeat(32) }), 'schema must have at most 63 bytes'],
    ['contextSql', () => contextSql({ schema: 'a\0b' }), 'schema must not hold a NUL character'],
    ['contextSql', () => contextSql({ schema: 'a', privateSchema: 'a' }), 'privateSchema must be another schema'],
    ['contextSql', () => contextSql({ owner: 'a', runtime: 'a' }), 'runtime must be another role than the owner'],
    ['rolesSql', () => rolesSql({ owner: 'a', runtime: 'a' }), 'runtime must be another role than the owner'],
    ['rolesSql', () => rolesSql(loosely({ user: 'a' })), 'user is not an option'],
    ['wallSql', () => wallSql(loosely({})), 'table must be a non-empty string'],
    ['wallSql', () => wallSql(loosely({ table: 't', hierarchy: 'yes' })), 'hierarchy must be true or false'],
    ['wallSql', () => wallSql(loosely({ table: 't', role: 'r' })), 'role is not an option'],
    ['orgUniqueSql', () => orgUniqueSql({ table: 't', columns: [] }), 'columns must name a column'],
    ['orgUniqueSql', () => orgUniqueSql({ table: 't', columns: ['org_id'] }), 'columns must not name the column of'],
    [
      'compositeForeignKeySql',
      () => compositeForeignKeySql(loosely({ table: 't', columns: ['a'] })),
      'references must',
    ],
    [
      'compositeForeignKeySql',
      () => compositeForeignKeySql({ ...foreignKey, columns: ['a', 'b'] }),
      'references.columns must be as many',
    ],
    [
      'compositeForeignKeySql',
      () => compositeForeignKeySql(loosely({ ...foreignKey, onDelete: 'constructor' })),
      'onDelete must be one of no action, restrict, cascade, set null',
    ],
    ['sealKeySql', () => sealKeySql({ kid: 'k1', key: new Uint8Array(31) }), 'key must be 32 to 64 bytes'],
    ['sealKeySql', () => sealKeySql({ kid: 'k1', key: new Uint8Array(65) }), 'key must be 32 to 64 bytes'],
    ['sealKeySql', () => sealKeySql(loosely({ kid: 'k1', key: 'secret'.repeat(6) })), 'key must be 32 to 64 bytes'],
    ['sealKeySql', () => sealKeySql({ kid: 'k.1', key }), 'kid must be 1 to 64 letters'],
    ['dropSealKeySql', () => dropSealKeySql(loosely({ kid: 'k1', key })), 'key is not an option'],
    ['sealOrg', () => sealOrg({ kid: 'k1', key }, { orgId: '', expiresAtSeconds: 1 }), 'orgId must be a non-empty'],
    ['sealOrg', () => sealOrg({ kid: 'k1', key }, { orgId: 'a', expiresAtSeconds: 1.5 }), 'expiresAtSeconds must be'],
    [
      'sealOrg',
      () => sealOrg({ kid: 'k1', key }, { orgId: 'a', readableOrgs: [''], expiresAtSeconds: 1 }),
      'readableOrgs[0] must be a non-empty string',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(expect.objectContaining({ name: 'ConfigurationError' }));
    expect(call).toThrow(message);
  });
});

test('the same options give the same text', () => {
  for (const make of [
    () => contextSql({ mode: 'sealed' }),
    () => wallSql({ table: 't' }),
    () => rolesSql(),
    () => orgUniqueSql({ table: 't', columns: ['a'] }),
    () => compositeForeignKeySql(foreignKey),
  ]) {
    expect(make()).toBe(make());
  }
});

test('two names that PostgreSQL would cut off alike stay two', () => {
  const nameOf = (column: string) =>
    /CONSTRAINT "([^"]+)"/.exec(orgUniqueSql({ table: 't', columns: [column] }))?.[1] ?? '';
  const [one, other] = [nameOf(`${'a'.repeat(60)}_1`), nameOf(`${'a'.repeat(60)}_2`)];
  expect(one).not.toBe(other);
  expect(Buffer.byteLength(one)).toBeLessThanOrEqual(63);
});

test('no key is in the text of a statement', () => {
  const secret = Buffer.from('0123456789abcdef0123456789abcdef');
  const { text } = sealKeySql({ kid: 'k1', key: secret });
  expect(text).not.toContain(secret.toString('hex'));
  expect(text).not.toContain(secret.toString('latin1'));
  expect(text).not.toContain('k1');
});
