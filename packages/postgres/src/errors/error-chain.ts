/** Where query builders and ORMs keep what they wrap: the standard's place, TypeORM's, Prisma's. */
const places = ['cause', 'driverError', 'meta', 'driverAdapterError'] as const;

const maxDepth = 8;

/** An error and what it wraps, outermost first. Not for ever: errors may wrap each other in circles. */
export function errorChain(error: unknown, depth = 0): readonly object[] {
  if (typeof error !== 'object' || error === null || depth > maxDepth) return [];
  const below = places.map((place) => (error as Record<string, unknown>)[place]);
  return [error, ...below.flatMap((wrapped) => errorChain(wrapped, depth + 1))];
}
