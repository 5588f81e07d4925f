export type FindingSeverity = 'critical' | 'high' | 'medium' | 'low';

/** The kinds of findings and how grave they are, from reading another's objects to revealing that they exist. */
export const severities = {
  /** A's token and B's id returned B's object. */
  'foreign-read': 'critical',
  /** A's token and B's id changed what is stored for B. */
  'foreign-write': 'critical',
  /** The same, while the answer denied it. */
  'hidden-write': 'critical',
  /** B's object was reached through a parent of A's, or the other way round. */
  'mixed-parents': 'critical',
  /** B's objects were among A's, without any id of B's. */
  'unfiltered-list': 'critical',
  /** A header or a query parameter selected the organization. */
  'org-selector': 'critical',
  /** A change of what is stored for B changed an answer to A. */
  'aggregate-leak': 'medium',
  /** A member of the body selected the organization. */
  'mass-assignment': 'critical',
  /** A's object was made to refer to one of B's. */
  'foreign-reference': 'high',
  /** The answer distinguishes B's ids from ids that no object has. */
  'existence-oracle': 'medium',
  /** One organization received an answer that was made for the other. */
  'cache-leak': 'critical',
  /** Another method, spelling or header got around a check that otherwise holds. */
  'surface-bypass': 'high',
  /** A request without a token was not refused. */
  'missing-token': 'critical',
  /** A token without an organization was not refused. */
  'org-less-token': 'high',
  /** An expired token was not refused. */
  'expired-token': 'high',
} as const satisfies Record<string, FindingSeverity>;

export type FindingKind = keyof typeof severities;

/** One hole in the wall between organizations. */
export interface IsolationFinding {
  readonly kind: FindingKind;
  readonly severity: FindingSeverity;
  /** `GET /projects/:id`. */
  readonly route: string;
  /** The observation in words. */
  readonly seen: string;
  /** The request as a command; the base URL and the tokens are environment variables. */
  readonly curl: string;
}
