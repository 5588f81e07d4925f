/** An organization, as far as the authorization server has to know it. */
export interface DirectoryOrganization {
  readonly id: string;
  readonly name: string;
}

/** Who the organizations are. By default those in the server's own tables. */
export interface OrganizationDirectory {
  /**
   * Asked when an application is created, when a token is issued, and at each introspection: what is not found has no
   * valid tokens.
   */
  find(organizationId: string): Promise<DirectoryOrganization | undefined>;
}

/** A user, as far as the authorization server has to know them. */
export interface DirectoryUser {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** Who the users are, and which organizations they belong to. By default those in the server's own tables. */
export interface UserDirectory {
  find(userId: string): Promise<DirectoryUser | undefined>;
  /** Asked again whenever a token for the organization is issued, and at each introspection. */
  isMember(userId: string, organizationId: string): Promise<boolean>;
}
