// For the adapters of this suite. Not covered by semver: it changes with them.

export { contentHeaders, leakProblem, leakProblemHeaders } from './egress/leak-problem.js';
export { readSentJson } from './egress/read-sent-json.js';
export { checkOwnedOptions } from './ownership/check-owned-options.js';
export { namedInHeaders, namedInQuery } from './selectors/named-in.js';
export type { OrgSelector } from './selectors/org-selector.js';
export { requireBodyOrg, stampBody } from './selectors/require-body-org.js';
export { type NamedOrgOptions, requireNamedOrg } from './selectors/require-named-org.js';
export { requireParsedBody } from './selectors/require-parsed-body.js';
export { checkForeign, checkHeaderName } from './selectors/selector-options.js';
export { checkDomain, subdomainOf } from './selectors/subdomain-of.js';
