import { createHash } from 'node:crypto';
import { Artifacts } from '../../src/tokens/artifacts.js';
import { type Answer, manage, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';

/** A public application, and somebody in an organization who uses it. */
export interface UserClient {
  readonly clientId: string;
  readonly userId: string;
  readonly organizationId: string;
}

const redirectUri = 'https://app.test/callback';
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');

export async function createUserClient(server: Pick<TestServer, 'issuer'>): Promise<UserClient> {
  const organization = await manage(server, 'POST', '/organizations', { name: 'Acme' });
  const user = await manage(server, 'POST', '/user_management/users', { email: `${Date.now()}@acme.test` });
  await manage(server, 'POST', '/user_management/organization_memberships', {
    user_id: user.body.id,
    organization_id: organization.body.id,
  });
  const application = await manage(server, 'POST', '/connect/applications', {
    name: 'Desk',
    application_type: 'oauth',
    is_first_party: true,
    uses_pkce: true,
    scopes: ['projects:read'],
    redirect_uris: [{ uri: redirectUri }],
  });
  return { clientId: application.body.client_id, userId: user.body.id, organizationId: organization.body.id };
}

/** What the engine does at the end of a sign-in: a grant for the organization, and a code on it. */
export async function issueCode(
  { server }: Pick<TestServer, 'server'>,
  { clientId, userId, organizationId }: UserClient,
  scope = 'openid offline_access projects:read',
): Promise<string> {
  const { Grant, AuthorizationCode, Client } = server.provider;
  const grant = new Grant({ accountId: userId, clientId });
  grant.addOIDCScope(scope);
  grant.addResourceScope('urn:connect:default', scope);
  const grantId = await grant.save();
  await new Artifacts(server.parts.context, 'Grant').setOrganization(grantId, organizationId);
  const code = new AuthorizationCode({
    accountId: userId,
    grantId,
    client: await Client.find(clientId),
    redirectUri,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    resource: 'urn:connect:default',
    scope,
  } as never);
  return code.save();
}

export const redeem = (server: Pick<TestServer, 'issuer'>, { clientId }: UserClient, code: string): Promise<Answer> =>
  post(server, '/oauth2/token', {
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });

export const refresh = (server: Pick<TestServer, 'issuer'>, { clientId }: UserClient, token: string): Promise<Answer> =>
  post(server, '/oauth2/token', { grant_type: 'refresh_token', client_id: clientId, refresh_token: token });
