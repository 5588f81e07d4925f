import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a request needs of Express beside Node.js: nothing, where there is no Express. */
type Request = IncomingMessage & { readonly ip?: string | undefined };

/** A middleware of Express, and of whatever calls its middlewares alike. */
export type OAuthHandler = (req: Request, res: ServerResponse, next: (error?: unknown) => void) => Promise<void>;
