import type { PoolClient } from 'pg';
import type { OrgClient } from './org-client.js';

type Release = PoolClient['release'];

/**
 * Makes the `release` of a client that was checked out. If its connection breaks, the client is given back at once, so that
 * its place in the pool is free even if nobody releases it (drizzle-orm 0.45 does not when BEGIN fails); releasing it
 * afterwards changes nothing.
 *
 * @param release the pool's; with an error it ends the connection
 */
export function createRelease(client: OrgClient, release: Release): Release {
  let isReleased = false;
  let isBroken = false;
  const onEnd = () => {
    isBroken = true;
    giveBack(client, release, true);
  };
  client.once('end', onEnd);
  return (reason) => {
    if (isReleased) throw new Error('The client was released already.');
    isReleased = true;
    if (isBroken) return;
    client.off('end', onEnd);
    giveBack(client, release, reason);
  };
}

/** Returns a client to the pool idle and outside any transaction, or else ends its connection. */
function giveBack(client: OrgClient, release: Release, reason: Error | boolean | undefined): void {
  const isReusable = client.endSession();
  if (reason || !isReusable) {
    release(reason || true);
    // At once, without waiting for a query under way, which may be a COMMIT.
    client.connection.stream.destroy();
    return;
  }
  const rollBack = () => {
    if (client.getTransactionStatus() === 'I') return release();
    client.raw.send('ROLLBACK').then(
      () => release(),
      () => release(true),
    );
  };
  if (client.queueTail === undefined) rollBack();
  else void client.queueTail.then(rollBack);
}
