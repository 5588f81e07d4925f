const names = new Set(['orgid', 'organizationid', 'tenantid']);

/** Whether a member's name says that its value is an organization's id: `org_id`, `organizationId`. */
export const isOrgMember = (name: string): boolean => names.has(name.replaceAll(/[_-]/g, '').toLowerCase());
