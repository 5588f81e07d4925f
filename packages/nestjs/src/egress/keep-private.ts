/** A response of Express or a reply of Fastify. */
interface Answer {
  header(name: string, value: string): unknown;
  getHeader(name: string): unknown;
}

/**
 * Marks an answer as meant for this caller and dependent on the token (RFC 9111 §5.2.2.7, RFC 9110 §12.5.5): a cache on
 * the way must not give it to another. A handler that says `public` is trusted.
 */
export function keepPrivate(answer: Answer): void {
  const vary = String(answer.getHeader('Vary') ?? '');
  if (!/(^|,)\s*(authorization|\*)\s*(,|$)/i.test(vary)) {
    answer.header('Vary', vary === '' ? 'Authorization' : `${vary}, Authorization`);
  }
  if (answer.getHeader('Cache-Control') === undefined) answer.header('Cache-Control', 'private');
}
