export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** What was found, from reading another's objects to merely telling that they exist. */
export const severities = {
  /** A's token on B's id brought B's object. */
  'foreign-read': 'critical',
  /** A's token on B's id changed what is stored for B. */
  'foreign-write': 'critical',
  /** The same, and the answer denied it. */
  'hidden-write': 'critical',
  /** B's object through a parent of A's, or the other way round. */
  'mixed-parents': 'critical',
  /** B's objects among A's, without any id of B's. */
  'unfiltered-list': 'critical',
  /** A header or a query parameter chose the organization. */
  'org-selector': 'critical',
  /** What is stored for B changed what A is told. */
  'aggregate-leak': 'medium',
  /** A member of the body chose the organization. */
  'mass-assignment': 'critical',
  /** A's object was made to point at one of B's. */
  'foreign-reference': 'high',
  /** The answer tells B's ids from ids that nothing has. */
  'existence-oracle': 'medium',
  /** One organization was given the answer that was made for the other. */
  'cache-leak': 'critical',
  /** Another method, spelling or header went around what otherwise holds. */
  'surface-bypass': 'high',
  /** No token, and not refused. */
  'missing-token': 'critical',
  /** A token without an organization, and not refused. */
  'org-less-token': 'high',
  /** An expired token, and not refused. */
  'expired-token': 'high',
} as const satisfies Record<string, Severity>;

export type FindingKind = keyof typeof severities;

/** One hole in the wall between organizations. */
export interface IsolationFinding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** `GET /projects/:id`. */
  readonly route: string;
  /** What came back, in words. */
  readonly seen: string;
  /** The request as a command; the base URL and the tokens are environment variables. */
  readonly curl: string;
}
