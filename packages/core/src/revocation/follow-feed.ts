import type { Revocation, RevocationFeed } from './revocation.js';
import type { RevocationList } from './revocation-list.js';

/**
 * Takes over what other processes revoke. A message that makes no sense is reported and left aside.
 *
 * @returns what ends it
 */
export function followFeed(
  feed: RevocationFeed | undefined,
  list: RevocationList,
  nowSeconds: () => number,
  onFailure: (error: unknown) => void,
): () => void {
  if (feed === undefined) return () => undefined;
  return feed.subscribe((revocation: Revocation) => {
    try {
      list.add(revocation, nowSeconds());
    } catch (error) {
      onFailure(error);
    }
  });
}
