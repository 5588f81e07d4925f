import { callbackify } from 'node:util';
import {
  type AlgorithmName,
  ConfigurationError,
  extractToken,
  isAuthError,
  type RequestHead,
  type Verifier,
} from '@connect-auth/core';
import { checkAuth, verifierOf } from '@connect-auth/core/adapter';

/** Options of passport-jwt's `Strategy`, declared by their shape, so that passport-jwt need not be installed. */
export interface PassportJwtOptions {
  readonly jwtFromRequest: (request: RequestHead) => string | null;
  readonly secretOrKeyProvider: (
    request: unknown,
    rawJwtToken: string,
    done: (error: unknown, publicKey?: string) => void,
  ) => void;
  readonly issuer: string[];
  /** Undefined if an issuer's audience is deliberately unchecked. */
  readonly audience: string[] | undefined;
  readonly algorithms: JsonwebtokenAlgorithm[];
  readonly jsonWebTokenOptions: { readonly clockTolerance: number };
}

/** jsonwebtoken, which passport-jwt calls, does not know EdDSA. */
type JsonwebtokenAlgorithm = Exclude<AlgorithmName, 'EdDSA'>;

/**
 * Makes the options for `new Strategy(options, verify)` of passport-jwt 4, for applications that have a `verify` to keep.
 * Each token is verified by the core first, with all its checks, and then by passport-jwt.
 *
 * The limits of passport-jwt remain: it answers every refusal with a 401 without a challenge, even if the issuer is down,
 * so that clients discard good tokens; it accepts no opaque tokens; and it uses the clock of the process.
 * `ConnectStrategy` has none of these limits.
 *
 * @throws ConfigurationError if the verifier is not a verifier, or accepts no algorithm that passport-jwt knows
 */
export function passportJwtOptions(verifier: Verifier): PassportJwtOptions {
  const issuers = issuersOf(verifier);
  const algorithms = [...new Set(issuers.flatMap((issuer) => issuer.algorithms))].filter(isKnownToJsonwebtoken);
  if (algorithms.length === 0) {
    throw new ConfigurationError('algorithms', 'must hold one that passport-jwt knows, which EdDSA is not');
  }
  const provideKey = callbackify((token: string) => publicKeyOf(verifier, token));
  return {
    jwtFromRequest: findToken,
    secretOrKeyProvider: (_request, rawJwtToken, done) => provideKey(rawJwtToken, done),
    // passport-jwt sees the union of several issuers; the core has checked which audience belongs to which issuer.
    issuer: issuers.map(({ issuer }) => issuer),
    audience: audiencesOf(issuers),
    algorithms,
    jsonWebTokenOptions: { clockTolerance: Math.max(...issuers.map((issuer) => issuer.clockToleranceSeconds)) },
  };
}

function issuersOf(verifier: Verifier): Verifier['issuers'] {
  const { issuers, resolveKey } = verifierOf({ verifier });
  if (!Array.isArray(issuers) || typeof resolveKey !== 'function') {
    throw new ConfigurationError('verifier', 'must have issuers and resolveKey, as what createVerifier() returned has');
  }
  return issuers;
}

function audiencesOf(issuers: Verifier['issuers']): string[] | undefined {
  const audiences = issuers.map(({ audience }) => audience);
  return audiences.includes(null) ? undefined : [...new Set(audiences.flatMap((audience) => audience ?? []))];
}

const isKnownToJsonwebtoken = (name: AlgorithmName): name is JsonwebtokenAlgorithm => name !== 'EdDSA';

/** Returns null for a malformed header too: passport-jwt knows only a token or none. */
function findToken(request: RequestHead): string | null {
  try {
    return extractToken(request);
  } catch (error) {
    if (isAuthError(error)) return null;
    throw error;
  }
}

/** Returns the key of a token only after the core has accepted the token. */
async function publicKeyOf(verifier: Verifier, token: string): Promise<string> {
  checkAuth(await verifier.verify(token));
  const key = await verifier.resolveKey(token);
  return key.export({ type: 'spki', format: 'pem' }).toString();
}
