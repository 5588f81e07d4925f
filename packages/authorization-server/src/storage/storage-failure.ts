import { UnavailableError } from '../errors/unavailable-error.js';

/**
 * SQLSTATE classes in which PostgreSQL reports that it cannot serve now: connection, read-only server, authentication,
 * missing database, conflict with other transactions, resources, operator, system.
 */
const unavailableClasses = ['08', '25', '28', '3D', '40', '53', '57', '58'];

/** Another transaction has held a lock for too long; the rest of class 55 concerns the statement itself. */
const lockNotAvailable = '55P03';

/** Node.js's codes for a connection that failed or broke. */
const unavailableCodes = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_)/;

/** The messages, without a code, of pg for a connection or a result that did not come in time. */
const unavailableTexts = /timeout|terminated|not queryable|closed|Cannot use a pool after/i;

/** Tells whether a dependency of the server has failed. The request may be fine: the response is a 503, never a 4xx. */
export function isUnavailable(error: unknown): boolean {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = (cause as Error).cause) {
    if (cause instanceof UnavailableError) return true;
    const { code, message } = cause as { code?: unknown; message?: unknown };
    if (typeof code === 'string' && code !== '') {
      return code === lockNotAvailable || unavailableClasses.includes(code.slice(0, 2)) || unavailableCodes.test(code);
    }
    // Drizzle's own message contains the query, and so any word.
    const isDrizzle = 'query' in cause && 'params' in cause;
    if (!isDrizzle && typeof message === 'string' && unavailableTexts.test(message)) return true;
  }
  return false;
}

/** Tells whether a text was sent that PostgreSQL cannot store, so that no row can contain it. */
export function isUnstorable(error: unknown): boolean {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = (cause as Error).cause) {
    const { code } = cause as { code?: unknown };
    if (code === '22021' || code === '22P05') return true;
  }
  return false;
}

/** Returns the constraint that a write violated, if that was the error. */
export function brokenConstraint(error: unknown): string | undefined {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = (cause as Error).cause) {
    const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
    if (code === '23505' || code === '23503') return typeof constraint === 'string' ? constraint : '';
  }
  return undefined;
}
