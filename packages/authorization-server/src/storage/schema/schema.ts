import { customType, pgSchema, timestamp } from 'drizzle-orm/pg-core';

/** The PostgreSQL schema of all tables, so that they can share a database with an application's. */
export const connectAuth = pgSchema('connect_auth');

/** A time with JavaScript's precision of a millisecond, so that a row reads back as it was written. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** Bytes as a Buffer, also with PGlite, which returns a Uint8Array. */
export const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Buffer.from(value),
});

/** An identifier, ordered by bytes: paging goes by identifiers, and must not depend on the locale of a database. */
export const identifier = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
