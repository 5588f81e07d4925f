/** The properties in which errors keep what they wrap: the standard one, TypeORM's, Prisma's. */
const places = ['cause', 'driverError', 'meta', 'driverAdapterError'] as const;

const maxDepth = 8;

/** An error and the errors it wraps, outermost first. The depth is limited, since errors may wrap each other in a circle. */
export function errorChain(error: unknown, depth = 0): readonly object[] {
  if (typeof error !== 'object' || error === null || depth > maxDepth) return [];
  const below = places.map((place) => (error as Record<string, unknown>)[place]);
  return [error, ...below.flatMap((wrapped) => errorChain(wrapped, depth + 1))];
}
