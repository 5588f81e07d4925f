// The authorization server with one M2M application, on DATA_DIR or on a database of its own at POSTGRES_URL.
import 'reflect-metadata';
import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { AuthorizationServer, AuthorizationServerModule, applySeed } from '@connect-auth/authorization-server';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';

const { DATA_DIR: dataDir, POSTGRES_URL: postgresUrl } = process.env;
const database = `connect_auth_bench_${randomBytes(4).toString('hex')}`;

try {
  await open();
} catch (error) {
  process.send({ missing: error.code ?? error.message }, () => process.exit(0));
}

async function open() {
  const issuer = 'http://127.0.0.1:4999';
  const storage = postgresUrl ? await createDatabase() : { kind: 'pglite', dataDir };
  const keys = { encryptionKey: randomBytes(32).toString('base64') };
  const options = { issuer, storage, keys, audit: () => undefined };
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

  process.on('message', async ({ signFor, end }) => {
    if (signFor !== undefined) process.send(signaturesPerSecond(signFor));
    else if (end === true) process.send(await close(app), () => process.exit(0));
    else process.send(process.memoryUsage().rss);
  });
  process.send({ url, credentials: form, token });
}

async function close(app) {
  await app.close();
  if (postgresUrl) await administer(`drop database ${database} with (force)`);
  return 'closed';
}

async function createDatabase() {
  await administer(`create database ${database}`);
  const url = new URL(postgresUrl);
  url.pathname = database;
  return { kind: 'postgres', connectionString: url.href };
}

async function administer(statement) {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
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
