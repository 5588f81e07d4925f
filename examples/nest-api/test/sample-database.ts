import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { type Database, type OpenDatabase, openPglite } from 'walled-database';
import { tables } from './tables.js';

/** A PGlite for the tests of a file, each of which finds the sample rows in it. */
export function sampleDatabase(): () => Database {
  let admin: PGlite;
  let opened: OpenDatabase;
  beforeAll(async () => {
    admin = new PGlite();
    opened = await openPglite(tables, admin);
  });
  beforeEach(async () => {
    await admin.exec('TRUNCATE app.project, app.task, app.audit_event');
    await tables.addSampleRows(opened.database);
  });
  afterAll(() => opened?.close());
  return () => opened.database;
}
