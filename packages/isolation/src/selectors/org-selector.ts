/** A place where a request may name an organization. Never chooses one: the name is compared with the token. */
export type OrgSelector = 'path' | 'header' | 'subdomain' | 'query' | 'body';

/**
 * The answer for another organization: that nothing is there (404, `hide`), or that access is denied (403, `forbid`).
 */
export type ForeignAnswer = 'hide' | 'forbid';

/**
 * Hides by default in a path, an address where others have nothing. Any other place makes a claim, and here a false
 * one.
 */
export const defaultAnswer = (selector: OrgSelector): ForeignAnswer => (selector === 'path' ? 'hide' : 'forbid');
