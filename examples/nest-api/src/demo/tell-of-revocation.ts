import { type AuthorizationServerProcess, type Line, requestToken } from 'story';
import { acmeProjects, badToken } from './told-of-projects.js';

const list = 'GET /projects';
const doomed = 'DELETE /projects/project_1';

/** @returns a token of Acme's, by the new key */
export async function* tellOfRevocation(
  issuer: AuthorizationServerProcess,
  { acme, reader }: Record<'acme' | 'reader', string>,
): AsyncGenerator<Line, string> {
  yield { title: 'live check, good token', request: 'DELETE /projects/project_2', token: acme, status: 204 };
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
