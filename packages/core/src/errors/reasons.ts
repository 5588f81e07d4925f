/**
 * The reasons for a refusal, for logs, metrics and `switch`. The wire carries only the generic text of the class: a caller
 * with a bad token is not told which check failed.
 */
export const missingTokenReasons = {
  missing: 'The request carries no Bearer token in its Authorization header (RFC 6750 §3.1).',
} as const;

export const invalidRequestReasons = {
  malformed_header: 'The Authorization header is not "Bearer" and one token68 (RFC 6750 §2.1).',
  multiple_credentials: 'The request carries more than one credential (RFC 6750 §2).',
  too_large: 'The Authorization header is larger than any access token may be.',
} as const;

export const invalidTokenReasons = {
  malformed: 'The token is not a well-formed signed JWT (RFC 7515 §5.2, RFC 7519 §7.2).',
  algorithm_not_allowed: 'The token is signed with an algorithm that is not on the allow-list (RFC 8725 §3.1).',
  unknown_key: 'The issuer publishes no key for this token (RFC 7517 §4.5).',
  bad_signature: 'The signature does not belong to this token and key (RFC 7515 §5.2).',
  wrong_type: 'The token is of another class than an access token (RFC 8725 §3.11, RFC 9068 §2.1).',
  wrong_issuer: 'The token was not issued by a configured issuer (RFC 7519 §4.1.1).',
  wrong_audience: 'The token was issued for another audience (RFC 7519 §4.1.3).',
  missing_claim: 'A required claim is missing.',
  invalid_claim: 'A claim is not of the type that its definition asks for.',
  expired: 'The token is past its expiry or its allowed age (RFC 7519 §4.1.4).',
  not_yet_valid: 'The token is from the future (RFC 7519 §4.1.5, §4.1.6).',
  inactive: 'The issuer says that the token is not active (RFC 7662 §2.2).',
  revoked: 'The token was revoked here.',
  sender_constraint: 'The token is bound to a key or certificate and came without proof (RFC 7800 §3, RFC 9449 §7.1).',
} as const;

export const permissionReasons = {
  scope: 'The token was not granted a scope that the route requires (RFC 6750 §3.1).',
  org_required: 'The token acts for no organization, and the route requires one.',
  org_mismatch: 'The token acts for another organization.',
  not_found: 'There is no such object in any organization.',
  org_not_allowed: 'The organization is not let in here: it is suspended, or not on the list.',
  org_grant_required: 'The token was not granted the scope to work across organizations.',
  org_ambiguous: 'The request names more than one organization.',
  user_required: 'The token does not act for a user.',
  client_required: 'The token acts for a user, and the route is for clients.',
} as const;

export const issuerUnavailableReasons = {
  discovery: "The issuer's metadata could not be had.",
  jwks: "The issuer's keys could not be had.",
  introspection: "The issuer's introspection endpoint could not be asked.",
} as const;

export type InvalidRequestReason = keyof typeof invalidRequestReasons;
export type InvalidTokenReason = keyof typeof invalidTokenReasons;
export type OrgForbiddenReason =
  | 'org_required'
  | 'org_mismatch'
  | 'org_ambiguous'
  | 'not_found'
  | 'org_not_allowed'
  | 'org_grant_required';
export type ActorForbiddenReason = 'user_required' | 'client_required';
export type IssuerUnavailableReason = keyof typeof issuerUnavailableReasons;
