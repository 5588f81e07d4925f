import { type AuthorizationServerProcess, type Line, later } from 'story';
import { withHeader } from './tampered-tokens.js';
import { globexProjects } from './told-of-projects.js';

const request = 'GET /projects';

/** Leaves the server down. */
export async function* tellOfOutage(issuer: AuthorizationServerProcess, token: string): AsyncGenerator<Line> {
  const unknownKey = withHeader(token, { kid: 'sso_oidc_key_pair_of_nobody' });
  await issuer.stop();
  yield { title: 'server stopped, known key', request, token, status: 200, told: globexProjects };
  yield { title: 'server stopped, unknown key', request, token: unknownKey, status: 503, told: later };
}
