import { type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { serveDocs } from './api-docs.js';

/** Serves an API on `PORT`, and tells the parent process when it is ready. */
export async function serve(module: Type): Promise<void> {
  const app = await NestFactory.create(module, { logger: ['warn', 'error'], forceCloseConnections: true });
  serveDocs(app);
  app.enableShutdownHooks();
  await app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');

  if (process.send === undefined) console.log(`The API is at ${await app.getUrl()}`);
  else process.send('ready');
}
