import type { OrganizationDirectory, UserDirectory } from './directory.js';

/** The user and the organization that a token was issued for. */
export interface TokenSubject {
  readonly userId?: string | undefined;
  readonly organizationId?: string | undefined;
}

/** Checks what a token depends on besides its application: its organization, its user, and the membership of the two. */
export class TokenSubjects {
  constructor(
    private readonly organizations: OrganizationDirectory,
    private readonly users: UserDirectory,
  ) {}

  /** Tells whether all of them still exist. */
  async exist({ userId, organizationId }: TokenSubject): Promise<boolean> {
    const [organization, user, isMember] = await Promise.all([
      organizationId === undefined || this.organizations.find(organizationId),
      userId === undefined || this.users.find(userId),
      userId === undefined || organizationId === undefined || this.users.isMember(userId, organizationId),
    ]);
    return organization !== undefined && user !== undefined && isMember;
  }
}
