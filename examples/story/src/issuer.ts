import { createTestIssuer, type TestClient, type TestIssuer } from '@connect-auth/testing';
import type { Question } from './issuer-process.js';

/**
 * The issuer as a process, on `PORT`. It issues tokens over HTTP; whatever no issuer would do for a client goes over the IPC
 * channel.
 */
export async function runIssuer(clients: readonly TestClient[]): Promise<void> {
  const issuer = await createTestIssuer({ port: Number(process.env.PORT ?? 4000), clients });

  if (process.send === undefined) {
    console.log(`The issuer is at ${issuer.issuer}, its tokens are for ${issuer.audience}`);
  } else {
    process.on('message', (question: Question) => process.send?.(answer(issuer, question)));
    process.send(issuer.audience);
  }
}

function answer({ connectToken, flaws, revoke }: TestIssuer, question: Question): string {
  if ('flaw' in question) return flaws[question.flaw]();
  if ('user' in question) return connectToken.user(question);
  revoke(question.revoke);
  return '';
}
