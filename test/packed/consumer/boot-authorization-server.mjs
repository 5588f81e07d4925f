// Boots the authorization server as it is installed, on PGlite in memory, and gets a token from it.
import 'reflect-metadata';
import { AuthorizationServer, AuthorizationServerModule, applySeed } from '@connect-auth/authorization-server';
import { NestFactory } from '@nestjs/core';

const issuer = 'http://127.0.0.1:4998';
const audit = { operator: [{ name: 'nowhere', write: async () => undefined }] };
const options = { issuer, storage: { kind: 'pglite' }, audit };
const app = await NestFactory.create(AuthorizationServerModule.forRoot(options), {
  logger: false,
  abortOnError: false,
});
const { credentials } = await applySeed(app.get(AuthorizationServer), {
  organizations: [{ id: 'org_1', name: 'One' }],
  applications: [{ client_id: 'client_1', name: 'One', application_type: 'm2m', organization_id: 'org_1' }],
});
await app.listen(0, '127.0.0.1');
const form = {
  grant_type: 'client_credentials',
  client_id: credentials[0].clientId,
  client_secret: credentials[0].clientSecret,
};
const url = `http://127.0.0.1:${app.getHttpServer().address().port}/oauth2/token`;
const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
const { access_token: token } = await response.json();
await app.close();
if (typeof token !== 'string') throw new Error(`answered ${response.status}`);
