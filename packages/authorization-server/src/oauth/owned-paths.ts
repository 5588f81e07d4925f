import type { Profile } from '../options/server-settings.js';
import { authorizationServerPath, openidConfigurationPath, routes } from './engine/routes.js';

/**
 * Whether the engine answers a path; everything else is the application's. The engine's router takes upper case and a
 * slash at the end for the same path: what it would answer must reach it.
 */
export function ownedPaths(profile: Profile): (path: string) => boolean {
  const { revocation, ...others } = routes;
  const paths = [...Object.values(others), openidConfigurationPath, authorizationServerPath];
  // WorkOS has no revocation endpoint.
  if (profile === 'standard') paths.push(revocation);
  const owned = new RegExp(`^(?:${paths.map((path) => path.replaceAll('.', '\\.')).join('|')})(?:/.*)?$`, 'i');
  return (path) => owned.test(path);
}
