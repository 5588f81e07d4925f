/** A redirect URI as it is asked for. */
export interface WantedRedirectUri {
  readonly uri: string;
  readonly default?: boolean | undefined;
}

/** What an application is created from. Rules that hold for one type only are checked where the request is read. */
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
  /** Whose application it is. Of a first-party application: none. */
  readonly organizationId?: string | undefined;
  readonly redirectUris?: readonly WantedRedirectUri[] | undefined;
  readonly scopes?: readonly string[] | undefined;
}

/** What may be changed of an application. `undefined` leaves it, and `null` removes the description. */
export interface ApplicationChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly redirectUris?: readonly WantedRedirectUri[] | undefined;
}
