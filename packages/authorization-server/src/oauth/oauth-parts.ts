import type { ServerContext } from '../context/server-context.js';
import type { TokenSubjects } from '../directory/token-subjects.js';
import type { SigningKeys } from '../keys/signing-keys.js';
import type { AccessTokens } from '../tokens/access-tokens.js';
import type { OwnJwts } from '../tokens/own-jwt.js';
import type { Revocation } from '../tokens/revocation.js';
import type { Clients } from './clients/clients.js';

/** The parts of the server that the OAuth endpoints need. */
export interface OAuthParts {
  readonly context: ServerContext;
  readonly signingKeys: SigningKeys;
  readonly clients: Clients;
  readonly accessTokens: AccessTokens;
  readonly jwts: OwnJwts;
  readonly tokenSubjects: TokenSubjects;
  readonly revocation: Revocation;
}
