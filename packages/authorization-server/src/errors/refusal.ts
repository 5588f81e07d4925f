/** One thing that is wrong with the input, in WorkOS's shape. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export type RefusalReason =
  | 'not_found'
  /** A value that is wrong in itself, or does not fit the others. */
  | 'invalid'
  /** A value that must be unique and is already in use. */
  | 'taken'
  | 'membership_exists'
  | 'client_is_public'
  | 'too_many_client_secrets';

/**
 * A refusal by the domain, whoever the caller is: the management API, a command or a seed file. It knows nothing of
 * HTTP; `management/` translates the reason into a status.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly reason: RefusalReason,
    /** For people. It reveals nothing that the caller did not send. */
    message: string,
    readonly errors?: readonly FieldError[],
  ) {
    super(message);
  }
}

/** @param what the missing thing, as in a sentence: `Application` */
export const notFound = (what: string): Refusal => new Refusal('not_found', `${what} not found.`);

export const invalid = (...errors: FieldError[]): Refusal => refuseFields('invalid', errors);

export const taken = (...errors: FieldError[]): Refusal => refuseFields('taken', errors);

const refuseFields = (reason: RefusalReason, errors: readonly FieldError[]) =>
  new Refusal(reason, errors.map(({ message }) => message).join(' '), errors);
