/** The conflicts between the code and the frame. All of them are 500: a bug here, and never the caller's fault. */
const orgContextReasons = {
  org_context_missing: 'No organization: the work is done outside a frame. Wrap it in withOrg(), or guard the route.',
  org_context_conflict: 'The work is done for one organization already, and another was asked for: use crossOrg().',
  org_context_forged: 'The organization that the database was told does not carry the seal of this application.',
} as const;

export type OrgContextReason = keyof typeof orgContextReasons;

/**
 * The code does something without an organization, or for two. A mistake in the program: answered 500 without detail,
 * and never with another organization's rows.
 */
export class OrgContextError extends Error {
  override readonly name = 'OrgContextError';

  constructor(
    readonly code: OrgContextReason,
    options?: { cause?: unknown },
  ) {
    super(orgContextReasons[code], options);
  }
}
