/**
 * The program is set up wrongly: an option is missing or of the wrong kind, or a guard is used where it cannot work. It is
 * thrown at start wherever possible; a caller only ever sees a 500.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  /** The same in every copy of this package, for `switch`. */
  readonly code = 'CONFIGURATION';

  /**
   * @param option the option or call at fault, as the application writes it: `introspection.clientSecret`
   * @param problem what is wrong, and what would be right
   */
  constructor(
    readonly option: string,
    problem: string,
  ) {
    super(`${option} ${problem}`);
  }
}
