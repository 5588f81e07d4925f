/**
 * The program is set up wrongly: an option is missing, of the wrong kind, or a guard stands where it cannot work. It is
 * thrown while starting wherever that is possible, and never answered to a caller as anything but a 500.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  /**
   * @param option the option or call at fault, as its user wrote it: `introspection.clientSecret`
   * @param problem what is wrong with it, and what would be right
   */
  constructor(
    readonly option: string,
    problem: string,
  ) {
    super(`${option} ${problem}`);
  }
}
