import { type AccessToken, type ClientCredentials, errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { ServerSettings } from '../../options/server-settings.js';
import { Artifacts } from '../../tokens/artifacts.js';
import { hashTokenId } from '../../tokens/hash-token-id.js';
import type { ClientExtras } from '../clients/client-metadata.js';
import type { OAuthParts } from '../oauth-parts.js';

type Token = AccessToken | ClientCredentials;

/** A JWT before it is signed. */
interface Draft {
  header?: Record<string, unknown> | undefined;
  payload: Record<string, unknown> & { jti: string; exp: number; aud: string | string[] };
}

/** The values that the engine needs to introspect a token. */
const introspectedFields = ['aud', 'claims', 'extra', 'gty', 'jkt', 'scope', 'sessionUid', 'x5t#S256'] as const;

/** Adds our part to an access token: its organization, its profile, its row, and its audit event. */
export class AccessTokenIssuer {
  private readonly grants: Artifacts;

  constructor(
    private readonly parts: OAuthParts,
    private readonly settings: ServerSettings,
  ) {
    this.grants = new Artifacts(parts.context, 'Grant');
  }

  /** Returns `org_id`, and `sub` where the engine's introspection would omit it. */
  readonly extraClaims = async (_ctx: unknown, token: Token): Promise<Record<string, unknown>> => {
    const found = await this.organizationOf(token);
    // Another request has used the same code or refresh token in the meantime.
    if (found === undefined) throw new errors.InvalidGrant('the grant is gone');
    const organizationId = found ?? undefined;
    // For a user's token, `findAccount` has checked this already.
    if (token.kind === 'ClientCredentials' && !(await this.parts.tokenSubjects.exist({ organizationId }))) {
      throw new errors.UnauthorizedClient('the organization of the application is gone');
    }
    return {
      ...(token.kind === 'ClientCredentials' && { sub: token.clientId }),
      ...(organizationId !== undefined && { org_id: organizationId }),
    };
  };

  /** Called when the JWT is complete except for its signature. No token is issued without a row. */
  readonly complete = async (_ctx: KoaContextWithOIDC, token: Token, draft: Draft): Promise<void> => {
    const { payload } = draft;
    if (this.settings.profile === 'workos') this.applyWorkosProfile(token, draft);
    const organizationId = typeof payload.org_id === 'string' ? payload.org_id : undefined;
    const { accountId, grantId } = subjectOf(token);
    const isIssued = await this.parts.accessTokens.add({
      jti: payload.jti,
      kind: token.kind,
      clientId: token.clientId as string,
      accountId,
      grantId,
      organizationId,
      payload: this.storedPayload(token, payload),
      expiresAt: new Date(payload.exp * 1000),
    });
    if (!isIssued) throw new errors.InvalidClientAuth('the application was deleted at the same time');
    this.parts.context.audit.record({
      action: 'token.issued',
      actor: { type: 'm2m_client', id: token.clientId as string },
      clientId: token.clientId as string,
      target: { type: 'access_token', id: hashTokenId(payload.jti) },
      ...(organizationId !== undefined && { organizationId }),
      ...(accountId !== undefined && { userId: accountId }),
      details: { scope: `${payload.scope ?? ''}`, audience: payload.aud, expires_at: payload.exp },
    });
  };

  private async organizationOf(token: Token): Promise<string | null | undefined> {
    if (token.kind === 'AccessToken') return this.grants.organizationOf(token.grantId);
    return (token.client as unknown as ClientExtras)['x:organization_id'] ?? null;
  }

  /** Adopts the form of WorkOS's tokens: no `typ`, a ULID as `jti`, and the consent as `sid` of a user's token. */
  private applyWorkosProfile(token: Token, draft: Draft): void {
    draft.header = { typ: undefined };
    draft.payload.jti = this.parts.context.newId('');
    const { grantId } = subjectOf(token);
    if (grantId !== undefined) draft.payload.sid = grantId;
  }

  private storedPayload(token: Token, { jti, iat, exp }: Draft['payload']): Record<string, unknown> {
    const values = token as unknown as Record<string, unknown>;
    const some = Object.fromEntries(
      introspectedFields.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
    );
    return { ...some, ...subjectOf(token), kind: token.kind, clientId: token.clientId, jti, iat, exp };
  }
}

const subjectOf = (token: Token): { accountId?: string; grantId?: string } =>
  token.kind === 'AccessToken' ? { accountId: token.accountId, grantId: token.grantId } : {};
