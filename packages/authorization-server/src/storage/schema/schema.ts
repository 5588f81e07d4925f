import { customType, pgSchema, timestamp } from 'drizzle-orm/pg-core';

/** All tables stand in a PostgreSQL schema of their own, so that they can share a database with an application's. */
export const connectAuth = pgSchema('connect_auth');

/** To the millisecond, as JavaScript has it: a row reads back what was written. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** PGlite hands out a Uint8Array, pg a Buffer: always a Buffer here. */
export const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Buffer.from(value),
});

/** An identifier, ordered byte by byte: pages go by identifier, and must not depend on the language of a database. */
export const identifier = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
