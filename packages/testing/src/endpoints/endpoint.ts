/** An endpoint of the issuer, by the name tests use. Both metadata documents are `discovery`. */
export type Endpoint = 'discovery' | 'jwks' | 'introspection' | 'token';

/** What a request is for: an endpoint, or anything else. */
export type RequestTarget = Endpoint | 'other';

export const endpoints: readonly Endpoint[] = Object.freeze(['discovery', 'jwks', 'introspection', 'token']);

/** Whether a choice of endpoint, as tests make it, takes in this target. `all` means the four endpoints. */
export function includesTarget(choice: Endpoint | 'all', target: RequestTarget): boolean {
  return choice === target || (choice === 'all' && target !== 'other');
}
