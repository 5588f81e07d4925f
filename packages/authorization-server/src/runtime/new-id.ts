import { monotonicFactory } from 'ulid';
import type { Clock } from './clock.js';

/** WorkOS's prefixes, which tell what an identifier names. */
type IdPrefix =
  | 'api_key_'
  | 'app_consent_'
  | 'client_'
  | 'conn_app_'
  | 'om_'
  | 'org_'
  | 'request_'
  | 'secret_'
  | 'sso_oidc_key_pair_'
  | 'user_';

/** Returns a prefix with a ULID. Within a process, identifiers sort by creation, so that lists can be paged by them. */
export type NewId = (prefix: IdPrefix | '') => string;

export function createNewId(clock: Clock): NewId {
  const ulid = monotonicFactory();
  return (prefix) => prefix + ulid(clock.now());
}
