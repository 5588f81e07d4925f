import { createHash } from 'node:crypto';

/** How a token is named where people read: SHA-256 of its `jti`, base64url. */
export const hashTokenId = (jti: string): string => createHash('sha256').update(jti, 'utf8').digest('base64url');
