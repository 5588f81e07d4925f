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

/** Options of passport-jwt's `Strategy`, by their shape: this package does not need it installed. */
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
 * Options for `new Strategy(options, verify)` of passport-jwt 4, for applications that have a `verify` to keep. Each token
 * is verified by the core first, with every check that it makes, and then by passport-jwt.
 *
 * What passport-jwt cannot do, it cannot do here either: it answers 401 without a challenge to everything, an issuer
 * that is down included, so that clients throw away good tokens; it takes no opaque tokens; and it goes by the clock of
 * the process. `ConnectStrategy` has none of these faults.
 *
 * @throws ConfigurationError if the verifier is none, or accepts no algorithm that passport-jwt knows
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
    // Of several issuers passport-jwt sees the sum; which audience goes with which issuer, the core has checked.
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

/** passport-jwt knows a token or none: what is malformed is none. */
function findToken(request: RequestHead): string | null {
  try {
    return extractToken(request);
  } catch (error) {
    if (isAuthError(error)) return null;
    throw error;
  }
}

/** No token gets as far as a key unless the core has accepted it. */
async function publicKeyOf(verifier: Verifier, token: string): Promise<string> {
  checkAuth(await verifier.verify(token));
  const key = await verifier.resolveKey(token);
  return key.export({ type: 'spki', format: 'pem' }).toString();
}
