import { ConfigurationError } from '@connect-auth/core';
import { findCurrentOrg } from '@connect-auth/isolation';

interface Loader {
  request(request: unknown): Promise<unknown>;
}

/**
 * Keeps the queries of different organizations apart in a Prisma client on an `OrgPool`, and returns that client.
 *
 * Prisma batches the queries of one tick (`findUnique`, and everything in an interactive transaction) and sends the batch in
 * the frame of the first, so that one organization could be answered with another's rows. From now on it batches the queries
 * of each organization separately.
 *
 * @throws ConfigurationError if this version of Prisma batches in an unknown way
 */
export function separateOrgs<Client extends object>(client: Client): Client {
  const handler = (client as { _requestHandler?: { dataloader?: unknown } })._requestHandler;
  const { createLoader } = readLoader(handler?.dataloader);
  const loaders = new Map<string, Loader>();
  const separated: Loader = {
    request(request) {
      const org = findCurrentOrg() ?? '';
      const loader = loaders.get(org) ?? createLoader();
      if (!loaders.has(org)) {
        loaders.set(org, loader);
        // Runs before the loader sends its batch, since it is scheduled first.
        process.nextTick(() => loaders.delete(org));
      }
      return loader.request(request);
    },
  };
  Object.assign(handler as object, { dataloader: separated });
  return client;
}

function readLoader(loader: unknown): { createLoader: () => Loader } {
  if (typeof loader === 'object' && loader !== null && 'request' in loader && 'options' in loader) {
    const { options } = loader;
    const Loader: unknown = loader.constructor;
    const knows = ['batchBy', 'batchLoader', 'singleLoader'];
    if (
      Loader !== Object &&
      typeof options === 'object' &&
      options !== null &&
      knows.every((name) => name in options)
    ) {
      return { createLoader: () => new (Loader as new (options: unknown) => Loader)(options) };
    }
  }
  throw new ConfigurationError('PrismaClient', 'is not a client of Prisma 7 whose batches can be kept apart');
}
