import { createTestIssuer, type TestIssuer } from '@connect-auth/testing';
import { clients } from './demo/clients.js';
import type { IssuerAnswer, IssuerRequest } from './demo/issuer-process.js';

/** The issuer as a process. Tokens come over HTTP; what no issuer would do for a client comes over the IPC channel. */
const issuer = await createTestIssuer({ port: Number(process.env.PORT ?? 4000), clients: Object.values(clients) });

process.on('message', (request: IssuerRequest) => {
  process.send?.({ id: request.id, token: answer(issuer, request) } satisfies IssuerAnswer);
});

function answer({ flaws, revoke }: TestIssuer, { ask, token }: IssuerRequest): string {
  if (ask === 'revoke') revoke(token ?? '');
  return ask === 'revoke' ? '' : flaws[ask]();
}

process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined); // The demo that started this process ends it.
process.send?.({ id: 0, token: issuer.audience } satisfies IssuerAnswer);
