import { bearer, type OpenIssuer } from '../open-issuer.js';
import type { Http } from '../open-nest.js';

/** Callers of every kind that decorators tell apart. All but the first two bring a good token. */
export const callers = ['nobody', 'forger', 'plain', 'a', 'b', 'ab', 'orgless', 'user'] as const;
export type Caller = (typeof callers)[number];

export const verified = callers.slice(2);
export const withA: readonly Caller[] = ['a', 'ab', 'orgless', 'user'];
export const withB: readonly Caller[] = ['b', 'ab', 'orgless', 'user'];
export const withBoth: readonly Caller[] = ['ab', 'orgless', 'user'];

/** The header that each of them sends. Unless told they are clients of an organization; `orgless` and `user` have both scopes. */
function headersOf({ issuer }: OpenIssuer): Record<Caller, Record<string, string>> {
  const scopes = ['a', 'b'];
  return {
    nobody: {},
    forger: bearer(issuer.flaws.foreignKeySameKid()),
    plain: bearer(issuer.token({ scopes: [] })),
    a: bearer(issuer.token({ scopes: ['a'] })),
    b: bearer(issuer.token({ scopes: ['b'] })),
    ab: bearer(issuer.token({ scopes })),
    orgless: bearer(issuer.token({ scopes, org: null })),
    user: bearer(issuer.token({ scopes, user: 'user_1' })),
  };
}

/** Who of them is let in, asked twice: the second time their tokens are known. */
export async function whoPasses(http: Http, path: string, world: OpenIssuer): Promise<readonly Caller[]> {
  const headers = headersOf(world);
  const rounds: (readonly Caller[])[] = [];
  for (const _time of ['first', 'second']) {
    const passed: Caller[] = [];
    for (const caller of callers) {
      const { status } = await http.get(path).set(headers[caller]);
      if (status === 200) passed.push(caller);
      else if (![401, 403].includes(status)) throw new Error(`${caller} was answered ${status}`);
    }
    rounds.push(passed);
  }
  if (String(rounds[0]) !== String(rounds[1])) throw new Error(`first ${rounds[0]}, then ${rounds[1]}`);
  return rounds[0] ?? [];
}
