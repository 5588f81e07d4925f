// The same route behind each library, set up as its README recommends, with the issuer's keys over HTTP.
import { connectAuth } from '@connect-auth/express';
import { JwtRsaVerifier } from 'aws-jwt-verify';
import { auth as auth0 } from 'express-oauth2-jwt-bearer';
import jwksRsa from 'jwks-rsa';
import passport from 'passport';
import { ExtractJwt, Strategy as JwtStrategy } from 'passport-jwt';

const nobody = (_req, _res, next) => next();

/** Each takes `{ issuer, audience }` and returns the middleware that stands before the route. */
export const guards = {
  bare: () => nobody,

  'connect-auth': ({ issuer, audience }) => connectAuth({ issuer, audience }),

  'connect-auth, no token cache': ({ issuer, audience }) => connectAuth({ issuer, audience, tokenCache: null }),

  'express-oauth2-jwt-bearer': ({ issuer, audience }) => auth0({ issuerBaseURL: issuer, audience }),

  'passport-jwt + jwks-rsa': ({ issuer, audience }) => {
    const secretOrKeyProvider = jwksRsa.passportJwtSecret({
      jwksUri: `${issuer}/oauth2/jwks`,
      cache: true,
      rateLimit: true,
    });
    const jwtFromRequest = ExtractJwt.fromAuthHeaderAsBearerToken();
    const options = { jwtFromRequest, secretOrKeyProvider, issuer, audience, algorithms: ['RS256'] };
    passport.use(new JwtStrategy(options, (payload, done) => done(null, payload)));
    return passport.authenticate('jwt', { session: false });
  },

  'aws-jwt-verify': async ({ issuer, audience }) => {
    const verifier = JwtRsaVerifier.create({ issuer, audience, jwksUri: `${issuer}/oauth2/jwks` });
    // It fetches keys over https only, so it is handed the set.
    verifier.cacheJwks(await (await fetch(`${issuer}/oauth2/jwks`)).json());
    return async (req, res, next) => {
      try {
        req.auth = await verifier.verify(req.headers.authorization.slice('Bearer '.length));
        next();
      } catch {
        res.status(401).end();
      }
    };
  },
};
