/** A key of the management API that was just created. */
export interface NewApiKey {
  readonly id: string;
  readonly name: string;
  /** Shown only this once. */
  readonly key: string;
}
