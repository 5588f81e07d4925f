export type Outcome<Value> = { readonly value: Value } | { readonly error: unknown };

/**
 * Waits for a promise without throwing. Unlike `Promise.allSettled` it awaits the promise itself: V8 continues the stack of
 * an error through the function that awaits it, if there is only one.
 */
export async function awaitOutcome<Value>(promise: Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}
