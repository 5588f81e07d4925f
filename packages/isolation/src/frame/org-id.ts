import { ConfigurationError } from '@connect-auth/core';
import { isOrgId as isPlainOrgId } from '@connect-auth/core/adapter';

declare const brand: unique symbol;

/** A string known to be the id of an organization: it comes from a verified token or went through `toOrgId`. */
export type OrgId = string & { readonly [brand]: 'OrgId' };

/**
 * Tells whether a value can be the id of an organization: 1 to 255 printable ASCII characters, none of them a blank.
 */
export const isOrgId = (value: unknown): value is OrgId => isPlainOrgId(value);

/** @throws ConfigurationError for a value that cannot be the id of an organization */
export function toOrgId(value: unknown): OrgId {
  if (!isOrgId(value)) {
    throw new ConfigurationError('organization', 'must be 1 to 255 printable characters without blanks');
  }
  return value;
}
