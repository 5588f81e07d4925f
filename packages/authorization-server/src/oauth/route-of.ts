import { authorizationServerPath, openidConfigurationPath, routes } from './engine/routes.js';

const all = [...Object.values(routes), openidConfigurationPath, authorizationServerPath];

/**
 * Returns the path of an endpoint as the metadata has it, for audit events.
 *
 * @param path one that the engine answers, in any case and with anything behind it
 */
export function routeOf(path: string): string {
  const asked = `${path.toLowerCase()}/`;
  return all.find((route) => asked.startsWith(`${route}/`)) ?? '(unmatched)';
}
