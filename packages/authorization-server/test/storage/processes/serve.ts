import { withMigratedPglite } from '../../kit/migrated-pglite.js';
import { openServer } from '../../kit/open-server.js';
import { issueCode, type UserClient } from '../user-client.js';

interface Order {
  /** Makes so many authorization codes for the client. */
  readonly codes?: { readonly client: UserClient; readonly count: number };
}

// A server in a process of its own. It says where it is, does what it is ordered, and closes on any other message.
const server = await withMigratedPglite(() => openServer(JSON.parse(process.argv[2] as string)));

process.on('message', async ({ codes }: Order) => {
  if (codes === undefined) {
    await server.close();
    process.send?.({ closed: true });
    return;
  }
  const issued: string[] = [];
  while (issued.length < codes.count) issued.push(await issueCode(server, codes.client));
  process.send?.(issued);
});

process.send?.({ issuer: server.issuer });
