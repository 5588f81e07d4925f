const names = new Set(['orgid', 'organizationid', 'tenantid']);

/** Returns whether a member's name says that its value is an organization's id: `org_id`, `organizationId`. */
export const isOrgMember = (name: string): boolean => names.has(name.replaceAll(/[_-]/g, '').toLowerCase());
