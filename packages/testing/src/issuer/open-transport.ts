import type { ServeExchange, Transport } from '../transport/exchange.js';
import { createMemoryTransport } from '../transport/memory-transport.js';
import { createPortTransport } from '../transport/port-transport.js';
import type { TestIssuerOptions } from './test-issuer-options.js';

const MEMORY_ISSUER = 'https://issuer.test';

/** Opens the transport to the issuer, which determines the issuer identifier: on a port it is the origin. */
export async function openTransport(
  options: TestIssuerOptions,
  serve: ServeExchange,
): Promise<{ transport: Transport; issuer: string }> {
  if (options.port === undefined) {
    const issuer = (options.issuer ?? MEMORY_ISSUER).replace(/\/$/, '');
    return { transport: createMemoryTransport(new URL(issuer).origin, serve), issuer };
  }
  if (options.issuer !== undefined) {
    throw new Error('On a port the issuer identifier is http://127.0.0.1:<port>: leave out either issuer or port.');
  }
  const transport = await createPortTransport(options.port, serve);
  return { transport, issuer: transport.origin };
}
