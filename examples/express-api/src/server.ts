import { once } from 'node:events';
import { createAuditTrail } from '@connect-auth/audit';
import { postgresSink } from '@connect-auth/postgres';
import { openDatabase } from 'walled-database';
import { createApp } from './app.js';
import { tables } from './database/tables.js';

/** The API as a process: `PORT`, `DATABASE_URL`, and the `CONNECT_…` variables that `connectAuth()` reads. */
const port = Number(process.env.PORT ?? 3000);
const resource = `http://127.0.0.1:${port}`;
const { database, close } = await openDatabase(process.env, tables);
const trail = createAuditTrail({ sinks: [postgresSink({ pool: database })] });
const app = createApp({ resource, issuer: process.env.CONNECT_ISSUER ?? '', database, trail });

const server = app.listen(port, '127.0.0.1');
await once(server, 'listening');

async function stop(): Promise<void> {
  server.close();
  server.closeAllConnections();
  await app.connectAuth.verifier.close();
  // The trail first, which may still have events to write to the database.
  await trail.close();
  await close();
}

process.once('SIGINT', stop);
process.once('SIGTERM', stop);

if (process.send === undefined) console.log(`The API is at ${resource}`);
else process.send('ready'); // For the demo, if it started this process.
