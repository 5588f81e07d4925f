import { randomUUID } from 'node:crypto';
import type { TestIssuer } from '@connect-auth/testing';

/** Tokens of the right issuer whose `kid` it has never published, each with a `kid` of its own. */
export function strayTokens(issuer: TestIssuer, count: number): string[] {
  const [header = '', ...rest] = issuer.token({ registered: false }).split('.');
  const members = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
  return Array.from({ length: count }, () => {
    const stray = JSON.stringify({ ...members, kid: `stray_${randomUUID()}` });
    return [Buffer.from(stray).toString('base64url'), ...rest].join('.');
  });
}
