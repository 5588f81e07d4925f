import { challenge, type IssuerProcess, type Line, later, says, type Told } from 'story';
import { ada } from '../sample-data.js';
import { clients } from './clients.js';

const bad = challenge('invalid_token');
const scope = challenge('insufficient_scope');
const acmeProjects = says('Rocket skates', 'Hammock');
const globexProjects = says('Hammock', 'Rocket');
/** What an id that nobody uses is answered with. */
const notFound: Told = (body) => body === '{"message":"Not Found","statusCode":404}';

export async function* story(issuer: IssuerProcess): AsyncGenerator<Line> {
  yield {
    title: 'no token',
    request: 'GET /projects',
    status: 401,
    told: (_, headers) => headers.get('www-authenticate') === 'Bearer realm="projects"',
  };
  yield { title: 'no token on a public route', request: 'GET /health', status: 200 };

  const acme = await issuer.grant(clients.acme);
  const globex = await issuer.grant(clients.globex);
  yield { title: "Acme's projects", request: 'GET /projects', token: acme, status: 200, told: acmeProjects };
  yield { title: "Globex's projects", request: 'GET /projects', token: globex, status: 200, told: globexProjects };
  const foreign = 'GET /projects/project_1';
  yield { title: "Globex asks for Acme's project", request: foreign, token: globex, status: 404, told: notFound };

  const expired = await issuer.ask({ flaw: 'expired' });
  yield { title: 'expired token', request: 'GET /projects', token: expired, status: 401, told: bad };
  const elsewhere = await issuer.ask({ flaw: 'wrongAudience' });
  yield { title: 'token for another API', request: 'GET /projects', token: elsewhere, status: 401, told: bad };
  const reader = await issuer.grant(clients.acmeReader);
  const name = { name: 'Earthquake pills' };
  yield { title: 'missing scope', request: 'POST /projects', token: reader, json: name, status: 403, told: scope };

  const scopes = ['projects:read', 'tasks:write', 'activity:read'];
  const user = await issuer.ask({ user: ada, org: clients.acme.orgId, scopes });
  const take = 'POST /projects/project_1/tasks/task_1/take';
  yield { title: 'for users: a user', request: take, token: user, status: 200 };
  yield { title: 'for users: an application', request: take, token: acme, status: 403 };
  yield { title: 'for applications: an application', request: 'GET /activity', token: acme, status: 200 };
  yield { title: 'for applications: a user', request: 'GET /activity', token: user, status: 403 };

  const opaque = await issuer.grant(clients.acmeOpaque);
  const asked = says('"verifiedBy":"introspection"');
  yield { title: 'opaque token, by introspection', request: 'GET /whoami', token: opaque, status: 200, told: asked };

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
  await issuer.ask({ revoke: acme });
  const doomed = 'DELETE /projects/project_1';
  yield { title: 'live check, revoked token', request: doomed, token: acme, status: 401, told: bad };

  yield {
    title: 'OpenAPI: scopes of each route',
    request: 'GET /docs-json',
    status: 200,
    told: (body) => JSON.parse(body).paths['/projects'].post.security[0].connect[0] === 'projects:write',
  };

  const unknownKey = await issuer.ask({ flaw: 'unknownKey' });
  await issuer.stop();
  yield { title: 'issuer stopped, known key', request: 'GET /projects', token: reader, status: 200 };
  yield { title: 'issuer stopped, unknown key', request: 'GET /projects', token: unknownKey, status: 503, told: later };
}
