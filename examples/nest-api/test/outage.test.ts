import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { describe, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { openPostgres } from 'walled-database';
import { createPostgresDatabase } from 'walled-database/kit/postgres-database';
import { openRelay } from 'walled-database/kit/relay';
import { acme } from '../src/sample-data.js';
import { openApp } from './open-app.js';
import { tables } from './tables.js';

Logger.overrideLogger(false); // What the API says of it is for its operator.

const describeIt = await describeOnPostgres(describe, 'a database that is down');

describeIt('a database that is down', () => {
  test('is 503, whatever was asked, until it is there again', async () => {
    const { drop, url, adminUrl, owner } = await createPostgresDatabase();
    const relay = await openRelay(url);
    const { database, close } = await openPostgres(tables, { url: relay.url, adminUrl, owner });
    const api = await openApp(database);
    const token = api.bearer(acme, 'projects:read', 'projects:write');
    try {
      await api.http.get('/projects').set(token).expect(200);
      await relay.cut();
      // By a handler, and by what a guard loads.
      for (const path of ['/projects', '/projects/project_1']) {
        const { status, body, headers } = await api.http.get(path).set(token);
        expect([status, body, headers['retry-after'], headers['www-authenticate']]).toEqual([
          503,
          { message: 'Service Unavailable', statusCode: 503 },
          '5',
          undefined,
        ]);
      }
      await relay.mend();
      await api.http.get('/projects').set(token).expect(200);
    } finally {
      await relay.cut();
      await api.close();
      await close();
      await drop();
    }
  });
});
