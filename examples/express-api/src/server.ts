import { createApp } from './app.js';

/** The API as a process: `PORT`, and the `CONNECT_…` variables that `connectAuth()` reads. */
const port = Number(process.env.PORT ?? 3000);
const app = createApp({
  resource: `http://127.0.0.1:${port}`,
  issuer: process.env.CONNECT_ISSUER ?? '',
});

const server = app.listen(port, '127.0.0.1', () => {
  process.send?.('ready');
});

async function stop(): Promise<void> {
  server.close();
  server.closeAllConnections();
  await app.connectAuth.verifier.close();
  if (process.connected) process.disconnect();
}

process.once('SIGTERM', stop);
process.once('disconnect', stop);
process.on('SIGINT', () => undefined); // The demo that started this process ends it.
