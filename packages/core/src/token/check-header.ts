import { InvalidTokenError } from '../errors/token-errors.js';
import type { JwtHeader } from './unverified-jwt.js';

/** The requirements on the header of one issuer's access tokens. */
export interface HeaderSettings {
  readonly algorithms: ReadonlySet<string>;
  /** The one `typ` to accept; absent: any that an access token may have. */
  readonly requireTyp: string | undefined;
}

/** RFC 7519 §5.1, RFC 9068 §2.1. Connect sends no `typ` at all. */
const accessTokenTypes: readonly (string | undefined)[] = [undefined, 'jwt', 'at+jwt'];

/**
 * Checks everything that needs no key, so that a hopeless token causes no fetch.
 *
 * @throws InvalidTokenError `algorithm_not_allowed`, `wrong_type`
 */
export function checkHeader({ alg, typ }: JwtHeader, { algorithms, requireTyp }: HeaderSettings): void {
  if (!algorithms.has(alg)) throw new InvalidTokenError('algorithm_not_allowed');
  const mediaType = shortMediaType(typ);
  const isAllowed =
    requireTyp === undefined ? accessTokenTypes.includes(mediaType) : mediaType === shortMediaType(requireTyp);
  if (!isAllowed) throw new InvalidTokenError('wrong_type', 'typ');
}

/** RFC 7515 §4.1.9: media types are compared without regard to case, and `application/` may be left out. */
const shortMediaType = (typ: string | undefined): string | undefined =>
  typ?.toLowerCase().replace(/^application\/(?=[^/]+$)/, '');
