import type { IssuerProcess } from './issuer-process.js';

/** One line of the story: what is asked of the API, and what it has to answer. */
export interface Line {
  readonly title: string;
  readonly request: `${'GET' | 'POST' | 'DELETE'} /${string}`;
  readonly token?: string;
  readonly status: number;
  /** What else has to be true of the answer. */
  readonly told?: (response: Response, body: string) => boolean;
}

const challenge = (error: string) => (response: Response) =>
  response.headers.get('www-authenticate')?.includes(`error="${error}"`) === true;

/** Plays the story, one line after the other: some lines need the issuer to be in a certain state. */
export async function* story(issuer: IssuerProcess): AsyncGenerator<Line> {
  yield {
    title: 'no token',
    request: 'GET /projects',
    status: 401,
    told: (response) => /^Bearer (?!.*error=)/.test(response.headers.get('www-authenticate') ?? ''),
  };
  yield { title: 'where tokens come from', request: 'GET /.well-known/oauth-protected-resource', status: 200 };

  const token = await issuer.grant('acme');
  const onlyAcme = (_: Response, body: string) => body.includes('Rocket skates') && !body.includes('Hammock');
  yield { title: "good token: Acme's projects", request: 'GET /projects', token, status: 200, told: onlyAcme };
  const globex = await issuer.grant('globex');
  const onlyGlobex = (_: Response, body: string) => body.includes('Hammock') && !body.includes('Rocket');
  yield {
    title: "good token: Globex's projects",
    request: 'GET /projects',
    token: globex,
    status: 200,
    told: onlyGlobex,
  };
  yield { title: "Globex asks for Acme's project", request: 'GET /projects/project_1', token: globex, status: 404 };

  const reader = await issuer.grant('acmeReader');
  const scope = challenge('insufficient_scope');
  yield { title: 'missing scope', request: 'POST /projects', token: reader, status: 403, told: scope };

  const bad = challenge('invalid_token');
  const expired = await issuer.flawed('expired');
  yield { title: 'expired token', request: 'GET /projects', token: expired, status: 401, told: bad };

  const opaque = await issuer.grant('acmeOpaque');
  const asked = (_: Response, body: string) => body.includes('"verifiedBy":"introspection"');
  yield { title: 'opaque token, by introspection', request: 'GET /whoami', token: opaque, status: 200, told: asked };

  yield { title: 'live check, good token', request: 'DELETE /projects/project_2', token, status: 204 };
  await issuer.revoke(token);
  yield { title: 'live check, revoked token', request: 'DELETE /projects/project_1', token, status: 401, told: bad };

  yield { title: 'revoked token, no live check', request: 'GET /projects', token, status: 200 };

  const unknownKey = await issuer.flawed('unknownKey');
  await issuer.stop();
  yield { title: 'issuer stopped, known key', request: 'GET /projects', token: reader, status: 200 };
  yield {
    title: 'issuer stopped, unknown key',
    request: 'GET /projects',
    token: unknownKey,
    status: 503,
    told: ({ headers }) => Number(headers.get('retry-after')) >= 1 && !headers.has('www-authenticate'),
  };
}
