/** Waits for a condition, with a look at it every so often. How long is for the limit of the test to say. */
export async function until(isTrue: () => boolean | Promise<boolean>, everyMs = 5): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, everyMs));
}
