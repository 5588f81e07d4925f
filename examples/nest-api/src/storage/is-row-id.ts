/** What looks otherwise is nobody's id, and need not be asked for: PostgreSQL takes offence at a NUL in a text. */
export const isRowId = (id: unknown): id is string => typeof id === 'string' && /^[\w-]{1,64}$/.test(id);
