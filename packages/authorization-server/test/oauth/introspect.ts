import { type Answer, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';

export interface Asking {
  readonly credentials: Record<string, string>;
}

export const introspect = (
  server: Pick<TestServer, 'issuer'>,
  { credentials }: Asking,
  token: string,
  more: Record<string, string> = {},
): Promise<Answer> => post(server, '/oauth2/introspection', { ...credentials, token, ...more });

export async function isActive(server: Pick<TestServer, 'issuer'>, asking: Asking, token: string): Promise<boolean> {
  const { status, body } = await introspect(server, asking, token);
  if (status !== 200) throw new Error(`introspection answered ${status} ${JSON.stringify(body)}`);
  return body.active;
}
