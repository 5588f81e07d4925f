import { once } from 'node:events';
import { createApp } from './app.js';

/** The API as a process: `PORT`, and the `CONNECT_…` variables that `connectAuth()` reads. */
const port = Number(process.env.PORT ?? 3000);
const resource = `http://127.0.0.1:${port}`;
const app = createApp({ resource, issuer: process.env.CONNECT_ISSUER ?? '' });

const server = app.listen(port, '127.0.0.1');
await once(server, 'listening');

async function stop(): Promise<void> {
  server.close();
  server.closeAllConnections();
  await app.connectAuth.verifier.close();
}

process.once('SIGINT', stop);
process.once('SIGTERM', stop);

if (process.send === undefined) console.log(`The API is at ${resource}`);
else process.send('ready'); // To the demo that started this process.
