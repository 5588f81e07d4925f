import { type AuthorizationServerProcess, keepBody, type Line, ownRowsOf, requestToken } from 'story';
import { acme as acmeId, globex } from '../sample-data.js';
import { acmeProjects, badToken } from './told-of-projects.js';

const list = 'GET /projects';
const doomed = 'DELETE /projects/project_1';

/** @returns a token of Acme's, signed with the new key */
export async function* tellOfRevocation(
  issuer: AuthorizationServerProcess,
  { acme, reader }: Record<'acme' | 'reader', string>,
): AsyncGenerator<Line, string> {
  // Deletes a project that it made itself, since a later demo may need the others.
  const created = keepBody();
  const json = { name: 'Earthquake pills', orgId: globex };
  const told = ownRowsOf(acmeId, created);
  yield { title: 'new; the body says: Globex’s', request: 'POST /projects', token: acme, json, status: 201, told };
  const { id } = JSON.parse(created.body || '{}') as { id?: string };
  yield { title: 'live check, good token', request: `DELETE /projects/${id}`, token: acme, status: 204 };
  await issuer.revoke(acme, issuer.acme);
  yield { title: 'live check, revoked token', request: doomed, token: acme, status: 401, told: badToken };

  await issuer.manage('POST', '/signing_keys/rotate');
  const token = await requestToken(issuer, issuer.acme);
  yield { title: 'new key, new token', request: list, token, status: 200, told: acmeProjects };
  yield { title: 'new key, token of the old one', request: list, token: reader, status: 200 };

  await issuer.manage('DELETE', '/connect/applications/client_acme_warehouse');
  yield { title: 'live check, application deleted', request: doomed, token, status: 401, told: badToken };

  yield {
    title: 'OpenAPI: scopes of each route',
    request: 'GET /docs-json',
    status: 200,
    told: (body) => JSON.parse(body).paths['/projects'].post.security[0].connect[0] === 'projects:write',
  };
  return token;
}
