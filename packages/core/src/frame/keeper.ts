/** Holds values that live as long as the work they were made for, keyed by their makers. */
export interface Keeper {
  kept?: Map<object, unknown> | undefined;
}
