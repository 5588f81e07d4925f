/**
 * Loads a package that applications may have installed; undefined if they have not.
 *
 * @throws any other error while loading: the package is installed, but broken
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
