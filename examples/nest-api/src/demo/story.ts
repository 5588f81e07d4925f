import {
  type AuthorizationServerProcess,
  challenge,
  type Line,
  later,
  otherResource,
  requestToken,
  says,
  type Told,
} from 'story';
import { withHeader, withOtherSignature } from './tampered-tokens.js';

const bad = challenge('invalid_token');
const scope = challenge('insufficient_scope');
const acmeProjects = says('Rocket skates', 'Hammock');
const globexProjects = says('Hammock', 'Rocket');
/** What an id that nobody uses is answered with. */
const notFound: Told = (body) => body === '{"message":"Not Found","statusCode":404}';

export async function* story(issuer: AuthorizationServerProcess): AsyncGenerator<Line> {
  yield {
    title: 'no token',
    request: 'GET /projects',
    status: 401,
    told: (_, headers) => headers.get('www-authenticate') === 'Bearer realm="projects"',
  };
  yield { title: 'no token on a public route', request: 'GET /health', status: 200 };

  const acme = await requestToken(issuer, issuer.acme);
  const globex = await requestToken(issuer, issuer.globex);
  yield { title: "Acme's projects", request: 'GET /projects', token: acme, status: 200, told: acmeProjects };
  yield { title: "Globex's projects", request: 'GET /projects', token: globex, status: 200, told: globexProjects };
  const foreign = 'GET /projects/project_1';
  yield { title: "Globex asks for Acme's project", request: foreign, token: globex, status: 404, told: notFound };

  const tampered = withOtherSignature(acme);
  yield { title: 'tampered token', request: 'GET /projects', token: tampered, status: 401, told: bad };
  const elsewhere = await requestToken(issuer, issuer.acme, { resource: otherResource });
  yield { title: 'token for another API', request: 'GET /projects', token: elsewhere, status: 401, told: bad };
  const reader = await requestToken(issuer, issuer.acme, { scope: 'projects:read' });
  const name = { name: 'Earthquake pills' };
  yield { title: 'missing scope', request: 'POST /projects', token: reader, json: name, status: 403, told: scope };

  const take = 'POST /projects/project_1/tasks/task_1/take';
  yield { title: 'for users: an application', request: take, token: acme, status: 403 };
  yield { title: 'for applications: an application', request: 'GET /activity', token: acme, status: 200 };

  const query = { query: '{ projects { name } }' };
  yield {
    title: "GraphQL: Acme's projects",
    request: 'POST /graphql',
    token: acme,
    json: query,
    status: 200,
    told: acmeProjects,
  };
  const mutation = { query: 'mutation { createProject(name: "Earthquake pills") { id } }' };
  yield {
    title: 'GraphQL: missing scope',
    request: 'POST /graphql',
    token: reader,
    json: mutation,
    status: 200,
    told: says('"code":"FORBIDDEN"', 'project_4'),
  };

  yield { title: 'live check, good token', request: 'DELETE /projects/project_2', token: acme, status: 204 };
  await issuer.revoke(acme, issuer.acme);
  const doomed = 'DELETE /projects/project_1';
  yield { title: 'live check, revoked token', request: doomed, token: acme, status: 401, told: bad };

  await issuer.manage('POST', '/signing_keys/rotate');
  const rotated = await requestToken(issuer, issuer.acme);
  yield { title: 'new key, new token', request: 'GET /projects', token: rotated, status: 200, told: acmeProjects };
  yield { title: 'new key, token of the old one', request: 'GET /projects', token: reader, status: 200 };

  await issuer.manage('DELETE', '/connect/applications/client_acme_warehouse');
  yield { title: 'live check, application deleted', request: doomed, token: rotated, status: 401, told: bad };

  yield {
    title: 'OpenAPI: scopes of each route',
    request: 'GET /docs-json',
    status: 200,
    told: (body) => JSON.parse(body).paths['/projects'].post.security[0].connect[0] === 'projects:write',
  };

  const unknownKey = withHeader(globex, { kid: 'sso_oidc_key_pair_of_nobody' });
  await issuer.stop();
  yield { title: 'server stopped, known key', request: 'GET /projects', token: globex, status: 200 };
  yield { title: 'server stopped, unknown key', request: 'GET /projects', token: unknownKey, status: 503, told: later };
}
