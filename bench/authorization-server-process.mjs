// The authorization server with one M2M application, on DATA_DIR or, without one, on a database of its own in PostgreSQL.
import 'reflect-metadata';
import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { AuthorizationServer, AuthorizationServerModule, applySeed } from '@connect-auth/authorization-server';
import { NestFactory } from '@nestjs/core';
import { createScratchDatabase } from './scratch-database.mjs';

const { DATA_DIR: dataDir } = process.env;
let database;

process.once('disconnect', () => end());
try {
  if (!dataDir) database = await createScratchDatabase();
  await open(database ? { kind: 'postgres', connectionString: database.url.href } : { kind: 'pglite', dataDir });
} catch (error) {
  process.send({ missing: error.code ?? error.message }, () => end());
}

async function open(storage) {
  const issuer = 'http://127.0.0.1:4999';
  const keys = { encryptionKey: randomBytes(32).toString('base64') };
  const audit = { operator: [{ name: 'nowhere', write: async () => undefined }] };
  const options = { issuer, storage, keys, audit };
  const app = await NestFactory.create(AuthorizationServerModule.forRoot(options), { logger: ['error'] });
  const { credentials } = await applySeed(app.get(AuthorizationServer), {
    organizations: [{ id: 'org_bench', name: 'Bench' }],
    applications: [
      {
        client_id: 'client_bench',
        name: 'Bench',
        application_type: 'm2m',
        organization_id: 'org_bench',
        scopes: ['projects:read'],
      },
    ],
  });
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${app.getHttpServer().address().port}`;
  const form = { client_id: credentials[0].clientId, client_secret: credentials[0].clientSecret };
  const response = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
  });
  const { access_token: token } = await response.json();

  process.on('message', async ({ signFor, close }) => {
    if (signFor !== undefined) process.send(signaturesPerSecond(signFor));
    else if (close === true) process.send(await app.close().then(() => 'closed'), () => end());
    else process.send(process.memoryUsage().rss);
  });
  process.send({ url, credentials: form, token });
}

async function end() {
  await database?.drop();
  process.exit(0);
}

/** One after the other, and nothing else: what a token costs at the least. */
function signaturesPerSecond(seconds) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const data = randomBytes(400);
  const end = performance.now() + seconds * 1000;
  let signed = 0;
  for (; performance.now() < end; signed += 1) sign('sha256', data, key);
  return signed / seconds;
}
