import { callerParameter } from '../caller/caller-parameter.js';

/** The scopes that the token was granted, a read-only set; empty if it names none. */
export const Scopes = callerParameter({ call: '@Scopes()', read: (auth) => auth.scopes });
