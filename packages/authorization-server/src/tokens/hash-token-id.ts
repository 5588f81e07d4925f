import { createHash } from 'node:crypto';

/** Returns the name of a token in logs and audit events: the SHA-256 of its `jti`, base64url. */
export const hashTokenId = (jti: string): string => createHash('sha256').update(jti, 'utf8').digest('base64url');
