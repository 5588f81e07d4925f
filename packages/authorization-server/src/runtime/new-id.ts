import { monotonicFactory } from 'ulid';
import type { Clock } from './clock.js';

/** What an identifier names, in WorkOS's prefixes. */
type IdPrefix =
  | 'api_key_'
  | 'app_consent_'
  | 'client_'
  | 'conn_app_'
  | 'event_'
  | 'om_'
  | 'org_'
  | 'request_'
  | 'secret_'
  | 'sso_oidc_key_pair_'
  | 'user_';

/** A prefix and a ULID: in the order of their making within a process, so that pages go by identifier. */
export type NewId = (prefix: IdPrefix | '') => string;

export function createNewId(clock: Clock): NewId {
  const ulid = monotonicFactory();
  return (prefix) => prefix + ulid(clock.now());
}
