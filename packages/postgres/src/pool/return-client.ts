import type { PoolClient } from 'pg';
import type { OrgClient } from './org-client.js';

type Release = PoolClient['release'];

/**
 * What a lent client is released with. One whose connection breaks is given back at once, so that its place in the pool is
 * free even where nobody releases it (drizzle-orm 0.45 does not if BEGIN fails); to release it then changes nothing.
 *
 * @param release of the pool; with an error it ends the connection
 */
export function prepareReturn(client: OrgClient, release: Release): Release {
  let isReleased = false;
  let isBroken = false;
  const onEnd = () => {
    isBroken = true;
    returnClient(client, release, true);
  };
  client.once('end', onEnd);
  return (reason) => {
    if (isReleased) throw new Error('The client was released already.');
    isReleased = true;
    if (isBroken) return;
    client.off('end', onEnd);
    returnClient(client, release, reason);
  };
}

/** Gives a client back as it was taken: without a transaction, with nothing under way; or else ends its connection. */
function returnClient(client: OrgClient, release: Release, reason: Error | boolean | undefined): void {
  const isReusable = client.takeBack();
  if (reason || !isReusable) {
    release(reason || true);
    // At once, and not after what is under way, which may be a COMMIT.
    client.connection.stream.destroy();
    return;
  }
  const clean = () => {
    if (client.getTransactionStatus() === 'I') return release();
    client.wire.send('ROLLBACK').then(
      () => release(),
      () => release(true),
    );
  };
  if (client.lastTurn === undefined) clean();
  else void client.lastTurn.then(clean);
}
