import type { OrgId } from '@connect-auth/isolation';
import { qualify } from '../wall/quote-identifier.js';
import { sealOrg } from '../wall/seal-org.js';
import type { OrgPoolSettings } from './org-pool-options.js';

/** Makes the statement that binds an organization to a transaction. Called for each transaction: a seal expires. */
export type Binding = () => { readonly text: string; readonly values: unknown[] };

/**
 * The statement names its parameter, `seal` or `org`. Without the name, a sealed pool on a database with a bound context
 * would bind the seal itself as an organization id, and own whatever it writes under that.
 *
 * @param readableOrgs further organizations whose rows may be read
 */
export function bindingOf(settings: OrgPoolSettings, orgId: OrgId, readableOrgs: readonly string[]): Binding {
  const { seal, now } = settings;
  const bindOrg = qualify(settings.schema, 'bind_org');
  if (seal !== undefined) {
    const { ttlSeconds, ...key } = seal;
    return () => {
      const expiresAtSeconds = Math.floor(now() / 1000) + ttlSeconds;
      const sealed = sealOrg(key, { orgId, readableOrgs, expiresAtSeconds });
      return { text: `select ${bindOrg}(seal => $1)`, values: [sealed] };
    };
  }
  if (readableOrgs.length === 0) return () => ({ text: `select ${bindOrg}(org => $1)`, values: [orgId] });
  return () => ({ text: `select ${bindOrg}(org => $1, readable => $2)`, values: [orgId, readableOrgs] });
}
