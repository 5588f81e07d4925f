import { createHash, randomBytes } from 'node:crypto';
import { Artifacts } from '../../src/tokens/artifacts.js';
import { type Answer, manage, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';

export const redirectUri = 'https://app.test/callback';

/** Under which name the engine keeps the scopes of a grant that names no resource. */
const defaultResource = 'urn:connect:default';

const allScopes = 'openid offline_access projects:read';

export interface OauthClient {
  readonly applicationId: string;
  readonly clientId: string;
  readonly secretId: string | undefined;
  /** What a form needs for the client to say, or to prove, who it is. */
  readonly credentials: Record<string, string>;
}

/** An OAuth application of the organization: confidential with a secret, or public with PKCE. */
export async function createOauthClient(
  server: TestServer,
  organizationId: string,
  { isPublic = false } = {},
): Promise<OauthClient> {
  const { body } = await manage(server, 'POST', '/connect/applications', {
    name: 'Web',
    application_type: 'oauth',
    is_first_party: false,
    uses_pkce: isPublic,
    organization_id: organizationId,
    redirect_uris: [{ uri: redirectUri }],
    scopes: ['projects:read'],
  });
  const known = { applicationId: body.id, clientId: body.client_id };
  if (isPublic) return { ...known, secretId: undefined, credentials: { client_id: body.client_id } };
  const secret = await manage(server, 'POST', `/connect/applications/${body.id}/client_secrets`);
  return {
    ...known,
    secretId: secret.body.id,
    credentials: { client_id: body.client_id, client_secret: secret.body.secret },
  };
}

export interface Member {
  readonly organizationId: string;
  readonly userId: string;
  readonly membershipId: string;
}

let users = 0;

/** A user in a new organization. */
export async function createMember(server: TestServer): Promise<Member> {
  users += 1;
  const organization = await manage(server, 'POST', '/organizations', { name: 'Acme' });
  const user = await manage(server, 'POST', '/user_management/users', { email: `ada${users}@acme.test` });
  const membership = await manage(server, 'POST', '/user_management/organization_memberships', {
    user_id: user.body.id,
    organization_id: organization.body.id,
  });
  return { organizationId: organization.body.id, userId: user.body.id, membershipId: membership.body.id };
}

export interface Consent {
  readonly server: TestServer;
  readonly client: OauthClient;
  readonly member: Member;
  readonly grantId: string;
}

/** A user lets an application of another organization act in their own. */
export async function consent(server: TestServer, isPublic = false): Promise<Consent> {
  const member = await createMember(server);
  const vendor = await manage(server, 'POST', '/organizations', { name: 'Vendor' });
  const client = await createOauthClient(server, vendor.body.id, { isPublic });
  return consentTo(server, client, member);
}

/** What a consent page would write. */
export async function consentTo(server: TestServer, client: OauthClient, member: Member): Promise<Consent> {
  const { provider, parts } = server.server;
  const jti = parts.context.newId('app_consent_');
  const grant = new provider.Grant({ jti, accountId: member.userId, clientId: client.clientId } as never);
  grant.addOIDCScope('openid offline_access');
  grant.addResourceScope(defaultResource, allScopes);
  const grantId = await grant.save();
  await new Artifacts(parts.context, 'Grant').setOrganization(grantId, member.organizationId);
  return { server, client, member, grantId };
}

export interface Code {
  readonly code: string;
  /** What a form needs to redeem it. */
  readonly form: Record<string, string>;
}

/** An authorization code on the grant, with PKCE. */
export async function createCode({ server, client, member, grantId }: Consent, scope = allScopes): Promise<Code> {
  const { provider } = server.server;
  const verifier = randomBytes(32).toString('base64url');
  const code = await new provider.AuthorizationCode({
    accountId: member.userId,
    client: await provider.Client.find(client.clientId),
    codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
    codeChallengeMethod: 'S256',
    grantId,
    redirectUri,
    resource: defaultResource,
    scope,
  } as never).save();
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
  return { code, form: { ...form, ...client.credentials } };
}

export async function redeem(consented: Consent, changes: Record<string, string> = {}): Promise<Answer> {
  const { form } = await createCode(consented);
  return post(consented.server, '/oauth2/token', { ...form, ...changes });
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
}

export async function tokensFor(consented: Consent): Promise<Tokens> {
  const { body } = await redeem(consented);
  return { accessToken: body.access_token, refreshToken: body.refresh_token, idToken: body.id_token };
}

export function refresh({ server, client }: Consent, refreshToken: string): Promise<Answer> {
  return post(server, '/oauth2/token', {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...client.credentials,
  });
}
