import { challenge, type IssuerProcess, keepBody, type Line, later, ownRowsOf, says } from 'story';
import { clients } from './clients.js';

const bad = challenge('invalid_token');
const scope = challenge('insufficient_scope');
const acmeProjects = says('Rocket skates', 'Hammock');
const globexProjects = says('Hammock', 'Rocket');

export async function* story(issuer: IssuerProcess): AsyncGenerator<Line> {
  yield {
    title: 'no token',
    request: 'GET /projects',
    status: 401,
    told: (_, headers) => /^Bearer (?!.*error=)/.test(headers.get('www-authenticate') ?? ''),
  };
  yield { title: 'where tokens come from', request: 'GET /.well-known/oauth-protected-resource', status: 200 };

  const acme = await issuer.grant(clients.acme);
  const globex = await issuer.grant(clients.globex);
  const list = 'GET /projects';
  yield { title: "good token: Acme's projects", request: list, token: acme, status: 200, told: acmeProjects };
  yield { title: "good token: Globex's projects", request: list, token: globex, status: 200, told: globexProjects };
  const ownRows = ownRowsOf(clients.globex.orgId);
  yield { title: 'that list without WHERE: own rows', request: list, token: globex, status: 200, told: ownRows };

  const foreign = keepBody();
  const unknown = (body: string) => body === foreign.body;
  const askAcmes = 'GET /projects/project_1';
  const askNobodys = 'GET /projects/project_9';
  yield { title: "Globex asks for Acme's project", request: askAcmes, token: globex, status: 404, told: foreign.told };
  yield { title: "nobody's project: the same body", request: askNobodys, token: globex, status: 404, told: unknown };

  const reader = await issuer.grant(clients.acmeReader);
  yield { title: 'missing scope', request: 'POST /projects', token: reader, status: 403, told: scope };

  const expired = await issuer.ask({ flaw: 'expired' });
  yield { title: 'expired token', request: 'GET /projects', token: expired, status: 401, told: bad };

  const opaque = await issuer.grant(clients.acmeOpaque);
  const asked = says('"verifiedBy":"introspection"');
  yield { title: 'opaque token, by introspection', request: 'GET /whoami', token: opaque, status: 200, told: asked };

  // Deletes a project that it made itself, since a later demo may need the others.
  const created = keepBody();
  const pills = { name: 'Earthquake pills', orgId: clients.globex.orgId };
  const told = ownRowsOf(clients.acme.orgId, created);
  yield {
    title: "new; the body claims Globex's",
    request: 'POST /projects',
    token: acme,
    json: pills,
    status: 201,
    told,
  };
  const [id] = created.body.match(/project_\w+/) ?? ['none'];
  yield { title: 'live check, good token', request: `DELETE /projects/${id}`, token: acme, status: 204 };
  await issuer.ask({ revoke: acme });
  const doomed = 'DELETE /projects/project_1';
  yield { title: 'live check, revoked token', request: doomed, token: acme, status: 401, told: bad };

  yield { title: 'revoked token, no live check', request: 'GET /projects', token: acme, status: 200 };

  const unknownKey = await issuer.ask({ flaw: 'unknownKey' });
  await issuer.stop();
  yield { title: 'issuer stopped, known key', request: 'GET /projects', token: reader, status: 200 };
  yield { title: 'issuer stopped, unknown key', request: 'GET /projects', token: unknownKey, status: 503, told: later };

  const trail = 'GET /activity';
  const acmes = says('DELETE /projects/:id', clients.globex.clientId);
  const globexes = says('GET /projects/:id', clients.acme.clientId);
  yield { title: 'on record for Acme', request: trail, token: acme, status: 200, told: acmes };
  yield { title: 'on record for Globex', request: trail, token: globex, status: 200, told: globexes };
}
