/** Where a request may name an organization. It never chooses one there: what it names is held against the token. */
export type OrgSelector = 'path' | 'header' | 'subdomain' | 'query' | 'body';

/** What is answered where another organization is named: that there is nothing (404), or that it may not (403). */
export type ForeignAnswer = 'hide' | 'forbid';

/** A path is an address: of another's there is nothing. What is said beside it is a claim, and a wrong one. */
export const defaultAnswer = (selector: OrgSelector): ForeignAnswer => (selector === 'path' ? 'hide' : 'forbid');
