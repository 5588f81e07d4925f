import type { OpenIssuer } from '../../packages/express/test/open-issuer.js';

/** What a caller is told, by whichever adapter and transport: the status, and the whole challenge. */
export interface Told {
  readonly status: number;
  readonly challenge: string | undefined;
}

/** An API that is guarded by one adapter and asks for a good token, nothing else. */
export interface GuardedApi {
  call(token: string | undefined): Promise<Told>;
  /** What the handler saw of its callers: their subjects. */
  readonly reached: readonly unknown[];
}

export interface Adapter {
  readonly name: string;
  /** @param options that trust the issuer of the test */
  open(options: ReturnType<OpenIssuer['trust']>): Promise<GuardedApi>;
}

/** What of a refusal stands in HTTP's own places. */
export const toldByHttp = ({ status, headers }: { status: number; headers: Record<string, string> }): Told => ({
  status,
  challenge: headers['www-authenticate'],
});
