import { NestFactory } from '@nestjs/core';
import { serveDocs } from './api-docs.js';
import { AppModule } from './app.module.js';

/** The API as a process: `PORT`, and the `CONNECT_…` variables that `ConnectAuthModule` reads. */
const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'], forceCloseConnections: true });
serveDocs(app);
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');

if (process.send === undefined) console.log(`The API is at ${await app.getUrl()}`);
else process.send('ready'); // To the demo that started this process.
