import { type AuthorizationServerProcess, type Line, otherResource, requestToken } from 'story';
import { withOtherSignature } from './tampered-tokens.js';
import { badToken, missingScope } from './told-of-projects.js';

const list = 'GET /projects';

export async function* tellOfTokens(issuer: AuthorizationServerProcess): AsyncGenerator<Line> {
  yield {
    title: 'no token',
    request: list,
    status: 401,
    told: (_, headers) => headers.get('www-authenticate') === 'Bearer realm="projects"',
  };
  yield { title: 'no token on a public route', request: 'GET /health', status: 200 };

  const acme = await requestToken(issuer, issuer.acme);
  yield { title: 'tampered token', request: list, token: withOtherSignature(acme), status: 401, told: badToken };
  const elsewhere = await requestToken(issuer, issuer.acme, { resource: otherResource });
  yield { title: 'token for another API', request: list, token: elsewhere, status: 401, told: badToken };

  const token = await requestToken(issuer, issuer.acme, { scope: 'projects:read' });
  const json = { name: 'Earthquake pills' };
  yield { title: 'missing scope', request: 'POST /projects', token, json, status: 403, told: missingScope };
}
