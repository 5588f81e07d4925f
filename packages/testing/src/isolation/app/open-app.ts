import { createServer, type RequestListener } from 'node:http';
import { ConfigurationError } from '@connect-auth/core';
import { type FastifyLike, isFastify } from '../routes/fastify-routes.js';

const host = '127.0.0.1';

/** An application that is served on a port of its own. */
export interface ProbedApp {
  /** The Express application or Fastify instance that routes. */
  readonly engine: object;
  /** Whether it is a Nest application. */
  readonly isNest: boolean;
  readonly port: number;
  readonly close: () => Promise<void>;
}

interface NestLike {
  readonly init: () => PromiseLike<unknown>;
  readonly getHttpAdapter: () => { readonly getInstance: () => unknown };
}

/**
 * Serves an application on a free port of loopback, whether or not it listens elsewhere; leaves its own server alone.
 * Initialises a Nest application first, and leaves it open after `close()`: it belongs to the caller.
 *
 * @throws ConfigurationError for anything but an Express, Nest or Fastify application
 */
export async function openApp(app: unknown): Promise<ProbedApp> {
  const engine = await engineOf(app);
  const server = createServer(listenerOf(engine));
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    engine,
    isNest: isNest(app),
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function engineOf(app: unknown): Promise<object> {
  const engine = isNest(app) ? await initNest(app) : app;
  if (isFastify(engine)) await engine.ready();
  else if (typeof engine !== 'function') {
    throw new ConfigurationError('app', 'must be an Express, Nest or Fastify application');
  }
  return engine;
}

async function initNest(app: NestLike): Promise<unknown> {
  await app.init();
  return app.getHttpAdapter().getInstance();
}

function isNest(app: unknown): app is NestLike {
  if (typeof app !== 'object' || app === null) return false;
  return 'getHttpAdapter' in app && typeof app.getHttpAdapter === 'function' && 'init' in app;
}

function listenerOf(engine: object): RequestListener {
  if (isFastify(engine)) return (request, response) => (engine as FastifyLike).routing(request, response);
  return engine as RequestListener;
}
