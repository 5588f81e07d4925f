import { OrgForbiddenError } from '@connect-auth/core';
import { UnknownReferenceError } from '@connect-auth/isolation';
import { orgRefusalOf } from '@connect-auth/postgres';
import { describe, expect, test } from '@jest/globals';

/** What PostgreSQL 15 says with `lc_messages` of these languages; which of them a machine has is its administrator's. */
const languages = [
  {
    language: 'de',
    wall: 'neue Zeile verletzt Policy für Sicherheit auf Zeilenebene »org_wall« für Tabelle »project«',
    reference: 'Einfügen oder Aktualisieren in Tabelle »task« verletzt Fremdschlüssel-Constraint »task_fkey«',
    referred:
      'Aktualisieren oder Löschen in Tabelle »project« verletzt Fremdschlüssel-Constraint »task_fkey« von Tabelle »task«',
    right: 'keine Berechtigung für Tabelle org_wall',
  },
  {
    language: 'fr',
    wall: 'la nouvelle ligne viole la politique de sécurité au niveau ligne « org_wall » (expression USING) pour la table « project »',
    reference:
      'une instruction insert ou update sur la table « task » viole la contrainte de clé\nétrangère « task_fkey »',
    referred:
      'UPDATE ou DELETE sur la table « project » viole la contrainte de clé étrangère « task_fkey » de la table « task »',
    right: 'droit refusé pour la table org_wall',
  },
  {
    language: 'ja',
    wall: '新しい行はテーブル"project"行レベルセキュリティポリシ"org_wall"に違反しています',
    reference: 'テーブル"task"への挿入、更新は外部キー制約"task_fkey"に違反しています',
    referred: 'テーブル"project"の更新または削除は、テーブル"task"の外部キー制約"task_fkey"に違反します',
    right: 'テーブル org_wall へのアクセスが拒否されました',
  },
  {
    language: 'es',
    wall: 'el nuevo registro viola la política de seguridad de registros «org_wall» para la tabla «project»',
    reference: 'inserción o actualización en la tabla «task» viola la llave foránea «task_fkey»',
    referred: 'update o delete en «project» viola la llave foránea «task_fkey» en la tabla «task»',
    right: 'permiso denegado a la tabla org_wall',
  },
];

describe.each(languages)('an error in the language $language', ({ wall, reference, referred, right }) => {
  const of = (code: string, message: string) => Object.assign(new Error(message), { code });

  test('is of the wall where its policy is named', () => {
    expect(orgRefusalOf(of('42501', wall))).toBeInstanceOf(OrgForbiddenError);
    expect(orgRefusalOf(of('42501', wall.replace('org_wall', 'org_wall_of_mine')))).toBeUndefined();
    expect(orgRefusalOf(of('42501', right))).toBeUndefined();
  });

  test('is of a reference where the row refers, and not where it is referred to', () => {
    expect(orgRefusalOf(of('23503', reference))).toBeInstanceOf(UnknownReferenceError);
    expect(orgRefusalOf(of('23503', referred))).toBeUndefined();
  });
});
