/** An endpoint of the issuer, by the name tests use. Both metadata documents are `discovery`. */
export type IssuerEndpoint = 'discovery' | 'jwks' | 'introspection' | 'token';

/** The target of a request: an endpoint, or any other path. */
export type RequestTarget = IssuerEndpoint | 'other';

export const issuerEndpoints: readonly IssuerEndpoint[] = Object.freeze([
  'discovery',
  'jwks',
  'introspection',
  'token',
]);

/** Returns whether a test's choice of endpoint includes the target. `all` means the four endpoints. */
export function includesTarget(choice: IssuerEndpoint | 'all', target: RequestTarget): boolean {
  return choice === target || (choice === 'all' && target !== 'other');
}
