/**
 * Whether the query is fine but the database cannot answer it at the moment: connections, resources and actions of an
 * operator (PostgreSQL, Appendix A: classes 08, 53, 57, without 08P01, which the statement causes), the network, and errors
 * of pg that have no code.
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
