import type { Revocation, RevocationFeed } from './revocation.js';
import type { RevocationList } from './revocation-list.js';

/**
 * Adds the revocations of other processes to the list. A malformed message is reported and ignored.
 *
 * @returns a function that unsubscribes
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
