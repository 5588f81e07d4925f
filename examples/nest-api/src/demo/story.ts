import { type AuthorizationServerProcess, type Line, requestToken } from 'story';
import { tellOfGraphql } from './tell-of-graphql.js';
import { tellOfOrganizations } from './tell-of-organizations.js';
import { tellOfOutage } from './tell-of-outage.js';
import { tellOfRevocation } from './tell-of-revocation.js';
import { tellOfTokens } from './tell-of-tokens.js';

export async function* story(issuer: AuthorizationServerProcess): AsyncGenerator<Line> {
  yield* tellOfTokens(issuer);
  const acme = await requestToken(issuer, issuer.acme);
  const globex = await requestToken(issuer, issuer.globex);
  const reader = await requestToken(issuer, issuer.acme, { scope: 'projects:read' });
  yield* tellOfOrganizations({ acme, globex });
  yield* tellOfGraphql({ acme, reader });
  const rotated = yield* tellOfRevocation(issuer, { acme, reader });
  yield* tellOfOutage(issuer, globex);

  yield { title: "Acme's audit trail", request: 'GET /activity', token: rotated, status: 200 };
  yield { title: "Globex's audit trail", request: 'GET /activity', token: globex, status: 200 };
}
