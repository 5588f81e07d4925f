import type { Membership } from '../../directory/memberships.js';
import type { Organization } from '../../directory/organizations.js';
import type { User } from '../../directory/users.js';

/** Returns an organization in WorkOS's shape; domains and connections are not stored here. */
export function toOrganizationResource(organization: Organization): object {
  return {
    object: 'organization',
    id: organization.id,
    name: organization.name,
    allow_profiles_outside_organization: false,
    domains: [],
    external_id: organization.externalId,
    metadata: organization.metadata,
    ...times(organization),
  };
}

/** Returns a user in WorkOS's shape; data about signing in is not stored here. */
export function toUserResource(user: User): object {
  const { firstName, lastName } = user;
  return {
    object: 'user',
    id: user.id,
    email: user.email,
    email_verified: user.emailVerified,
    name: [firstName, lastName].filter((part) => part !== null).join(' ') || null,
    first_name: firstName,
    last_name: lastName,
    profile_picture_url: null,
    last_sign_in_at: null,
    locale: null,
    external_id: user.externalId,
    metadata: user.metadata,
    ...times(user),
  };
}

/** Returns a membership in WorkOS's shape, always active: there are no invitations. */
export function toMembershipResource(membership: Membership, organizationName: string): object {
  return {
    object: 'organization_membership',
    id: membership.id,
    user_id: membership.userId,
    organization_id: membership.organizationId,
    organization_name: organizationName,
    status: 'active',
    directory_managed: false,
    role: { slug: membership.roleSlug },
    custom_attributes: {},
    ...times(membership),
  };
}

const times = ({ createdAt, updatedAt }: { createdAt: Date; updatedAt: Date }) => ({
  created_at: createdAt.toISOString(),
  updated_at: updatedAt.toISOString(),
});
