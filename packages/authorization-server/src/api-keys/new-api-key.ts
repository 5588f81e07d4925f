/** A key of the management API, in the moment it is made. */
export interface NewApiKey {
  readonly id: string;
  readonly name: string;
  /** Shown this once. */
  readonly key: string;
}
