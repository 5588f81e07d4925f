/**
 * A package that applications may have installed, or undefined.
 *
 * @throws whatever else it throws while it loads: it is there, and broken
 */
export async function optionalPackage<Package>(load: () => Promise<Package>): Promise<Package | undefined> {
  try {
    return await load();
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
