import { once } from 'node:events';
import { openServer } from '../../kit/open-server.js';

// A server whose directory of organizations waits until it is told to go on.
const server = await openServer({
  ...JSON.parse(process.argv[2] as string),
  organizations: {
    find: async (id: string) => {
      process.send?.({ asked: id });
      await once(process, 'message');
      return { id, name: 'Acme' };
    },
  },
});

process.send?.({ issuer: server.issuer });
