/** Holds values that live as long as the work they were made for, by whatever made them. */
export interface Keeper {
  kept?: Map<object, unknown> | undefined;
}
