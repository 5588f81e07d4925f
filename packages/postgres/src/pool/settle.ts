export type Settled<Value> = { readonly value: Value } | { readonly error: unknown };

/** Waits without throwing, and as the only one: the stack of an error leads through whoever waits, if it is one. */
export async function settle<Value>(promise: Promise<Value>): Promise<Settled<Value>> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}
