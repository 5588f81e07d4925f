import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import type { ActiveSigningKey } from '../../keys/signing-key-info.js';
import type { ServerSettings } from '../../options/server-settings.js';
import type { ClientExtras } from '../clients/client-metadata.js';

/** Stands for "none requested": the engine requires an absolute URI (RFC 8707 §2). */
const defaultIndicator = 'urn:connect:default';

/** The scopes of OpenID Connect itself (OpenID Connect Core §5.4, §11). */
export const oidcScopes = ['openid', 'profile', 'email', 'offline_access'];

type Client = KoaContextWithOIDC['oidc']['client'] & ClientExtras;

/** Determines the audience of a token and the scopes it can have. */
export class ResourceServers {
  constructor(
    private readonly settings: ServerSettings,
    /** The only key that this engine knows: during a rotation it finishes the requests in progress. */
    private readonly key: ActiveSigningKey,
  ) {}

  readonly defaultResource = (_ctx: unknown, _client: unknown, oneOf?: readonly string[]): string =>
    oneOf?.[0] ?? defaultIndicator;

  /** Issues every token, even one for `openid`, for one resource server, so that none is opaque. */
  readonly useGrantedResource = async (): Promise<boolean> => true;

  readonly getResourceServerInfo = (ctx: KoaContextWithOIDC, indicator: string): ResourceServer => {
    const client = ctx.oidc.client as Client;
    const scopes = scopesOf(client);
    // Called for its effect: a request without scopes gets all, and one with too many is refused.
    if (ctx.oidc.params?.grant_type === 'client_credentials') resolveScope(ctx.oidc.params, scopes);

    return {
      scope: scopes.join(' '),
      audience: this.audienceOf(indicator),
      accessTokenTTL: this.settings.accessTokenSeconds,
      accessTokenFormat: 'jwt',
      jwt: { sign: { alg: this.key.algorithm, kid: this.key.kid } },
    };
  };

  /** @throws InvalidTarget for an indicator that does not exactly match a known one (RFC 8707 §2) */
  private audienceOf(indicator: string): string {
    const { resources, environmentClientId } = this.settings;
    if (indicator === defaultIndicator || resources.length === 0) return environmentClientId;
    if (resources.includes(indicator)) return indicator;
    throw new errors.InvalidTarget('the resource is not known here');
  }
}

function scopesOf(client: Client): readonly string[] {
  const own = client['x:scopes'];
  return client.grantTypes?.includes('client_credentials') ? own : [...new Set([...oidcScopes, ...own])];
}

/** @throws InvalidScope for a scope that the application does not have (RFC 6749 §3.3, §5.2) */
function resolveScope(params: Record<string, unknown>, granted: readonly string[]): void {
  const { scope } = params;
  if (typeof scope !== 'string' || scope === '') {
    params.scope = granted.join(' ');
    return;
  }
  const excess = scope.split(' ').filter((one) => !granted.includes(one));
  if (excess.length > 0)
    throw new errors.InvalidScope('requested scope is not one of the application', excess.join(' '));
}
