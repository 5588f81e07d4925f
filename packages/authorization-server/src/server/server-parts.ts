import type { ApiKeys } from '../api-keys/api-keys.js';
import type { Applications } from '../applications/applications.js';
import type { ClientSecrets } from '../credentials/client-secrets.js';
import type { Memberships } from '../directory/memberships.js';
import type { Organizations } from '../directory/organizations.js';
import type { Users } from '../directory/users.js';
import type { OAuthParts } from '../oauth/oauth-parts.js';

/** Everything the server is made of, below HTTP. */
export interface ServerParts extends OAuthParts {
  readonly applications: Applications;
  readonly clientSecrets: ClientSecrets;
  readonly apiKeys: ApiKeys;
  /** The server's own directory, unless the application supplies one. */
  readonly organizations: Organizations;
  readonly users: Users;
  readonly memberships: Memberships;
}
