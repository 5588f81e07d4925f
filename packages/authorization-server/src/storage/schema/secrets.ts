import { sql } from 'drizzle-orm';
import { index, integer, jsonb, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytes, connectAuth, identifier, moment } from './schema.js';

/** `next` is published and does not sign yet, `active` signs, `retired` is published until its last token has expired. */
export type SigningKeyStatus = 'next' | 'active' | 'retired';

export const signingKeys = connectAuth.table(
  'signing_keys',
  {
    environmentId: text('environment_id').notNull(),
    kid: text('kid').notNull(),
    algorithm: text('algorithm').notNull(),
    status: text('status').$type<SigningKeyStatus>().notNull(),
    publicJwk: jsonb('public_jwk').$type<Record<string, unknown>>().notNull(),
    /** AES-256-GCM: nonce, tag and ciphertext of the private JWK. */
    sealedPrivateJwk: bytes('sealed_private_jwk').notNull(),
    /** The longest lifetime of the tokens that it may have signed. */
    tokenSeconds: integer('token_seconds').notNull(),
    createdAt: moment('created_at').notNull(),
    activatedAt: moment('activated_at'),
    retiredAt: moment('retired_at'),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.kid] }),
    uniqueIndex('signing_keys_one_active').on(table.environmentId).where(sql`status = 'active'`),
    uniqueIndex('signing_keys_one_next').on(table.environmentId).where(sql`status = 'next'`),
  ],
);

/** Keys of the management API. */
export const apiKeys = connectAuth.table(
  'api_keys',
  {
    environmentId: text('environment_id').notNull(),
    id: identifier('id').notNull(),
    name: text('name').notNull(),
    hash: bytes('hash').notNull(),
    hint: text('hint').notNull(),
    lastUsedAt: moment('last_used_at'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.id] }),
    unique('api_keys_hash').on(table.environmentId, table.hash),
  ],
);

/** Responses to requests with an `Idempotency-Key`, to be sent again. */
export const idempotentAnswers = connectAuth.table(
  'idempotent_answers',
  {
    environmentId: text('environment_id').notNull(),
    /** The hash of caller and key; the key itself is not stored. */
    keyHash: bytes('key_hash').notNull(),
    /** SHA-256 of method, path and body: reusing a key for another request is a mistake. */
    requestHash: bytes('request_hash').notNull(),
    /** Encrypted with the key that it is found by, because the response may contain a client secret. */
    sealedBody: bytes('sealed_body'),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.keyHash] }),
    index('idempotent_answers_expiry').on(table.expiresAt),
  ],
);
