import type { OrgId } from '@connect-auth/isolation';
import { qualify } from '../wall/quote-identifier.js';
import { sealOrg } from '../wall/seal-org.js';
import type { OrgPoolSettings } from './org-pool-options.js';

/** The statement that binds an organization to a transaction. Made anew for each: a seal does not last. */
export type Binding = () => { readonly text: string; readonly values: unknown[] };

/**
 * By the names of the parameters, which differ: a sealed pool on a database whose context is not would bind the seal as an
 * organization, and take whatever that writes for its own.
 *
 * @param scope the organizations below, that may be read, too
 */
export function bindingOf(settings: OrgPoolSettings, orgId: OrgId, scope: readonly string[]): Binding {
  const { seal, now } = settings;
  const bindOrg = qualify(settings.schema, 'bind_org');
  if (seal !== undefined) {
    const { ttlSeconds, ...key } = seal;
    return () => {
      const expiresAtSeconds = Math.floor(now() / 1000) + ttlSeconds;
      return { text: `select ${bindOrg}(seal => $1)`, values: [sealOrg(key, { orgId, scope, expiresAtSeconds })] };
    };
  }
  if (scope.length === 0) return () => ({ text: `select ${bindOrg}(org => $1)`, values: [orgId] });
  return () => ({ text: `select ${bindOrg}(org => $1, scope => $2)`, values: [orgId, scope] });
}
