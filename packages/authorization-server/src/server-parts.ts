import type { ApiKeys } from './api-keys/api-keys.js';
import type { Applications } from './applications/applications.js';
import type { Clients } from './clients/clients.js';
import type { ClientSecrets } from './credentials/client-secrets.js';
import type { Memberships } from './directory/memberships.js';
import type { Organizations } from './directory/organizations.js';
import type { Users } from './directory/users.js';
import type { SigningKeys } from './keys/signing-keys.js';
import type { ServerContext } from './server-context.js';
import type { AccessTokens } from './tokens/access-tokens.js';
import type { Grounds } from './tokens/grounds.js';
import type { OwnJwts } from './tokens/own-jwt.js';
import type { Withdrawal } from './tokens/withdrawal.js';

/** Everything the server is made of, below HTTP. */
export interface ServerParts {
  readonly context: ServerContext;
  readonly applications: Applications;
  readonly clientSecrets: ClientSecrets;
  readonly apiKeys: ApiKeys;
  readonly signingKeys: SigningKeys;
  readonly clients: Clients;
  readonly accessTokens: AccessTokens;
  readonly jwts: OwnJwts;
  readonly grounds: Grounds;
  readonly withdrawal: Withdrawal;
  /** The server's own directory, where no other one was named. */
  readonly organizations: Organizations;
  readonly users: Users;
  readonly memberships: Memberships;
}
