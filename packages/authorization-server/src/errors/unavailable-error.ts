/** Something that the server needs does not answer. The request may be right: it is answered with 503. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}
