import { z } from 'zod';
import type { OrganizationChange } from '../../directory/organizations.js';
import type { UserChange } from '../../directory/users.js';
import { parseBody } from '../parse-body.js';

const text = z.string().trim().min(1).max(255);

/** At most 50 names of 40 characters, with values of 600. */
const metadata = z
  .record(z.string().min(1).max(40), z.string().max(600).nullable())
  .refine((values) => Object.keys(values).length <= 50, 'must have at most 50 names')
  // null removes a value, and the whole object is replaced.
  .transform((values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)))
  .pipe(z.record(z.string(), z.string()));

const organization = z.object({ name: text, external_id: text.nullish(), metadata: metadata.nullish() });

const user = z.object({
  email: z.email().max(320),
  email_verified: z.boolean().nullish(),
  first_name: text.nullish(),
  last_name: text.nullish(),
  external_id: text.nullish(),
  metadata: metadata.nullish(),
});

const membership = z.object({
  user_id: text,
  organization_id: text,
  role_slug: text.nullish(),
});

/** @throws Refusal `invalid` */
export function readNewOrganization(body: unknown): OrganizationChange & { name: string } {
  const parsed = parseBody(organization, body);
  return { ...toOrganizationChange(parsed), name: parsed.name };
}

/** @throws Refusal `invalid` */
export function readOrganizationChange(body: unknown): OrganizationChange {
  return toOrganizationChange(parseBody(organization.extend({ name: text.nullish() }), body));
}

/** @throws Refusal `invalid` */
export function readNewUser(body: unknown): UserChange & { email: string } {
  const parsed = parseBody(user, body);
  return { ...toUserChange(parsed), email: parsed.email };
}

/** @throws Refusal `invalid` */
export function readUserChange(body: unknown): UserChange {
  return toUserChange(parseBody(user.extend({ email: user.shape.email.nullish() }), body));
}

/** @throws Refusal `invalid` */
export function readNewMembership(body: unknown) {
  const { user_id, organization_id, role_slug } = parseBody(membership, body);
  return { userId: user_id, organizationId: organization_id, roleSlug: role_slug ?? undefined };
}

type Nullish<Body> = { readonly [Name in keyof Body]?: Body[Name] | null | undefined };

const toOrganizationChange = (body: Nullish<z.infer<typeof organization>>): OrganizationChange => ({
  name: body.name ?? undefined,
  externalId: body.external_id,
  metadata: body.metadata ?? undefined,
});

const toUserChange = (body: Nullish<z.infer<typeof user>>): UserChange => ({
  email: body.email ?? undefined,
  emailVerified: body.email_verified ?? undefined,
  firstName: body.first_name,
  lastName: body.last_name,
  externalId: body.external_id,
  metadata: body.metadata ?? undefined,
});
