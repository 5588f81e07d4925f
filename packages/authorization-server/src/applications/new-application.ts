/** A redirect URI as requested. */
export interface WantedRedirectUri {
  readonly uri: string;
  readonly default?: boolean | undefined;
}

/** The input for a new application. Rules that apply to one type only are checked where the request is read. */
export interface NewApplication {
  /** Default: a new `conn_app_…`. */
  readonly id?: string | undefined;
  /** Default: a new `client_…`. */
  readonly clientId?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly applicationType: 'oauth' | 'm2m';
  readonly isFirstParty: boolean;
  /** A public client. Default: false. */
  readonly usesPkce?: boolean | undefined;
  readonly wasDynamicallyRegistered?: boolean | undefined;
  /** The organization that owns it. A first-party application has none. */
  readonly organizationId?: string | undefined;
  readonly redirectUris?: readonly WantedRedirectUri[] | undefined;
  readonly scopes?: readonly string[] | undefined;
}

/** The changeable fields of an application. `undefined` keeps a value, and `null` removes the description. */
export interface ApplicationChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly redirectUris?: readonly WantedRedirectUri[] | undefined;
}
