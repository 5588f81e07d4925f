/**
 * Whether nothing is wrong with what was asked, but nobody there who answers: another time it may be different.
 * Connections, resources, and what an operator does (PostgreSQL, Appendix A: classes 08, 53, 57, without 08P01, which a
 * statement is to blame for); the network; and what pg says without a code.
 */
export function isDatabaseDown(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return /^(08(?!P01)|53|57)\w+$/.test(code) || networkCodes.includes(code);
  return /^Connection terminated|^timeout exceeded when trying to connect/.test(String(message));
}

const networkCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
];
