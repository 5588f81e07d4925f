import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import {
  AuthorizationServer,
  applySeed,
  describeSeed,
  listenAddressFromEnv,
  readSeedFile,
} from '@connect-auth/authorization-server';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

const seedFile = process.env.SEED_FILE || fileURLToPath(new URL('../seed.json', import.meta.url));

const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'], forceCloseConnections: true });
const server = app.get(AuthorizationServer);
const report = await applySeed(server, await readSeedFile(seedFile));
app.enableShutdownHooks();

const { host, port } = listenAddressFromEnv();
await app.listen(port, host);

if (process.send === undefined) {
  console.log(describeSeed(report));
  console.log(`\nThe authorization server is at ${server.issuer}, its tokens are for ${server.environmentClientId}`);
} else {
  process.send(server.environmentClientId); // For the demo, if it started this process.
}
