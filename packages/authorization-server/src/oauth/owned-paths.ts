import type { Profile } from '../options/server-settings.js';
import { authorizationServerPath, openidConfigurationPath, routes } from './engine/routes.js';

/**
 * Returns a test for paths that the engine answers; all others belong to the application. The engine's router ignores
 * case and a trailing slash, so the test does, too.
 */
export function ownedPaths(profile: Profile): (path: string) => boolean {
  const { revocation, ...others } = routes;
  const paths = [...Object.values(others), openidConfigurationPath, authorizationServerPath];
  // WorkOS has no revocation endpoint.
  if (profile === 'standard') paths.push(revocation);
  const owned = new RegExp(`^(?:${paths.map((path) => path.replaceAll('.', '\\.')).join('|')})(?:/.*)?$`, 'i');
  return (path) => owned.test(path);
}
