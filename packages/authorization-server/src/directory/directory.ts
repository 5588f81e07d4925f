/** The part of an organization that the authorization server needs. */
export interface DirectoryOrganization {
  readonly id: string;
  readonly name: string;
}

/** A source of organizations. Default: the server's own tables. */
export interface OrganizationDirectory {
  /**
   * Called when an application is created, when a token is issued, and at each introspection: an organization that is
   * not found has no valid tokens.
   */
  find(organizationId: string): Promise<DirectoryOrganization | undefined>;
}

/** The part of a user that the authorization server needs. */
export interface DirectoryUser {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** A source of users and of the organizations they belong to. Default: the server's own tables. */
export interface UserDirectory {
  find(userId: string): Promise<DirectoryUser | undefined>;
  /** Called again whenever a token for the organization is issued, and at each introspection. */
  isMember(userId: string, organizationId: string): Promise<boolean>;
}
