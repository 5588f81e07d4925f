/** Anything else cannot be an id, and is not queried for: PostgreSQL rejects text that contains a NUL. */
export const isRowId = (id: unknown): id is string => typeof id === 'string' && /^[\w-]{1,64}$/.test(id);
