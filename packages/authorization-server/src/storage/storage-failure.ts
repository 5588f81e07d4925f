import { UnavailableError } from '../errors/unavailable-error.js';

/**
 * SQLSTATE classes in which PostgreSQL says that it cannot serve now: connection, a server that only reads, who we are,
 * which database, a conflict with others, resources, operator, system.
 */
const unavailableClasses = ['08', '25', '28', '3D', '40', '53', '57', '58'];

/** Somebody else has held a lock for too long; the rest of class 55 is about what was asked for. */
const lockNotAvailable = '55P03';

/** What Node.js says of a connection that cannot be had or broke. */
const unavailableCodes = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_)/;

/** What pg says, without a code, of a connection or an answer that did not come in time. */
const unavailableTexts = /timeout|terminated|not queryable|closed|Cannot use a pool after/i;

/** Whether what the server needs is in trouble, and the request may be right: an answer of 503, and never of 4xx. */
export function isUnavailable(error: unknown): boolean {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = (cause as Error).cause) {
    if (cause instanceof UnavailableError) return true;
    const { code, message } = cause as { code?: unknown; message?: unknown };
    if (typeof code === 'string' && code !== '') {
      return code === lockNotAvailable || unavailableClasses.includes(code.slice(0, 2)) || unavailableCodes.test(code);
    }
    // Drizzle's own message holds the query, and any word may be in there.
    const isDrizzle = 'query' in cause && 'params' in cause;
    if (!isDrizzle && typeof message === 'string' && unavailableTexts.test(message)) return true;
  }
  return false;
}

/** Whether a text was sent that PostgreSQL does not keep: one that no row can have. */
export function isUnstorable(error: unknown): boolean {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = (cause as Error).cause) {
    const { code } = cause as { code?: unknown };
    if (code === '22021' || code === '22P05') return true;
  }
  return false;
}

/** The constraint that a write broke, if that is what went wrong. */
export function brokenConstraint(error: unknown): string | undefined {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = (cause as Error).cause) {
    const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
    if (code === '23505' || code === '23503') return typeof constraint === 'string' ? constraint : '';
  }
  return undefined;
}
