import { ConfigurationError } from '@connect-auth/core';

declare const brand: unique symbol;

/** The id of an organization, known to be one: it comes from a verified token or went through `toOrgId`. */
export type OrgId = string & { readonly [brand]: 'OrgId' };

const maxLength = 255;

/** Whether a value can be the id of an organization: 1 to 255 characters, none of them blank or a control character. */
export const isOrgId = (value: unknown): value is OrgId =>
  typeof value === 'string' && value.length <= maxLength && /^[\x21-\x7e]+$/.test(value);

/** @throws ConfigurationError for what cannot be the id of an organization */
export function toOrgId(value: unknown): OrgId {
  if (!isOrgId(value)) {
    throw new ConfigurationError('organization', `must be 1 to ${maxLength} printable characters without blanks`);
  }
  return value;
}
