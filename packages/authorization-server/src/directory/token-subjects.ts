import type { OrganizationDirectory, UserDirectory } from './directory.js';

/** Whom a token was issued for. */
export interface TokenSubject {
  readonly userId?: string | undefined;
  readonly organizationId?: string | undefined;
}

/** What a token stands on, besides its application: an organization, a user, and that one belongs to the other. */
export class TokenSubjects {
  constructor(
    private readonly organizations: OrganizationDirectory,
    private readonly users: UserDirectory,
  ) {}

  /** Whether all of it is still there. */
  async exist({ userId, organizationId }: TokenSubject): Promise<boolean> {
    const [organization, user, isMember] = await Promise.all([
      organizationId === undefined || this.organizations.find(organizationId),
      userId === undefined || this.users.find(userId),
      userId === undefined || organizationId === undefined || this.users.isMember(userId, organizationId),
    ]);
    return organization !== undefined && user !== undefined && isMember;
  }
}
