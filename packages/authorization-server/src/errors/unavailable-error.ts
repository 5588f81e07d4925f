/** Something that the server depends on does not answer. The request may be fine, so the response is a 503. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}
