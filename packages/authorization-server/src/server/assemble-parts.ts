import { ApiKeys } from '../api-keys/api-keys.js';
import { Applications } from '../applications/applications.js';
import type { ServerContext } from '../context/server-context.js';
import { ClientSecrets } from '../credentials/client-secrets.js';
import { foreignOrganizations, foreignUsers } from '../directory/foreign-directory.js';
import { Memberships } from '../directory/memberships.js';
import { Organizations } from '../directory/organizations.js';
import { TokenSubjects } from '../directory/token-subjects.js';
import { Users } from '../directory/users.js';
import { KeyRotation } from '../keys/key-rotation.js';
import { SigningKeys } from '../keys/signing-keys.js';
import { Clients } from '../oauth/clients/clients.js';
import type { AuthorizationServerOptions } from '../options/authorization-server.options.js';
import type { ServerSettings } from '../options/server-settings.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { OwnJwts } from '../tokens/own-jwt.js';
import { Revocation } from '../tokens/revocation.js';
import type { ServerParts } from './server-parts.js';

const rotateEverySeconds = 90 * 24 * 60 * 60;

/** Assembles the parts of the server below HTTP. */
export function assembleParts(
  context: ServerContext,
  options: AuthorizationServerOptions,
  settings: ServerSettings,
  encryptionKey: Buffer,
): ServerParts {
  const revocation = new Revocation(context);
  const organizations = new Organizations(context, revocation);
  const users = new Users(context, revocation);
  const directory = options.organizations ? foreignOrganizations(options.organizations) : organizations;
  const members = options.users ? foreignUsers(options.users) : users;
  const pepper = options.credentials?.pepper;
  const { algorithm = 'RS256', rotateEverySeconds: every = rotateEverySeconds } = options.keys ?? {};
  const rotation = new KeyRotation(every, settings.accessTokenSeconds);
  const signingKeys = new SigningKeys(context, algorithm, encryptionKey, rotation);
  return {
    context,
    revocation,
    organizations,
    users,
    memberships: new Memberships(context, revocation),
    applications: new Applications(context, directory, revocation),
    clientSecrets: new ClientSecrets(context, pepper),
    apiKeys: new ApiKeys(context, options.management?.apiKey),
    signingKeys,
    clients: new Clients(context, pepper),
    accessTokens: new AccessTokens(context),
    jwts: new OwnJwts(settings.issuer, signingKeys, context.clock),
    tokenSubjects: new TokenSubjects(directory, members),
  };
}
