import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request of Node.js, or of Express. */
type Request = IncomingMessage & { readonly ip?: string | undefined };

/** A middleware for Express, and for any framework that calls middlewares in the same way. */
export type OAuthHandler = (req: Request, res: ServerResponse, next: (error?: unknown) => void) => Promise<void>;
