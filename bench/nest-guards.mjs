// The same Nest route behind each library, set up as its README recommends, with the issuer's keys over HTTP.
import { createPublicKey } from 'node:crypto';
import { ConnectAuthGuard, ConnectAuthModule } from '@connect-auth/nestjs';
import { AuthGuard } from '@nestjs/passport';
import jwksRsa from 'jwks-rsa';
import keycloak from 'nest-keycloak-connect';
import passport from 'passport';
import { ExtractJwt, Strategy as JwtStrategy } from 'passport-jwt';

/** Where Keycloak would have its tokens come from. */
export const keycloakRealm = (issuer) => `${issuer}/realms/bench`;

/** Each takes `{ issuer, audience, jwk }` and returns what the module imports, and the guards of the route. */
export const guards = {
  bare: () => ({ imports: [], guards: [] }),

  ConnectAuthGuard: ({ issuer, audience }) => ({
    imports: [ConnectAuthModule.forRoot({ issuer, audience })],
    guards: [ConnectAuthGuard],
  }),

  "AuthGuard('connect')": ({ issuer, audience }) => ({
    imports: [ConnectAuthModule.forRoot({ issuer, audience })],
    guards: [AuthGuard('connect')],
  }),

  '@nestjs/passport, passport-jwt, jwks-rsa': ({ issuer, audience }) => {
    const secretOrKeyProvider = jwksRsa.passportJwtSecret({
      jwksUri: `${issuer}/oauth2/jwks`,
      cache: true,
      rateLimit: true,
    });
    const jwtFromRequest = ExtractJwt.fromAuthHeaderAsBearerToken();
    const options = { jwtFromRequest, secretOrKeyProvider, issuer, audience, algorithms: ['RS256'] };
    passport.use(new JwtStrategy(options, (payload, done) => done(null, payload)));
    return { imports: [], guards: [AuthGuard('jwt')] };
  },

  // Offline: online it would ask the server about every token.
  'nest-keycloak-connect': ({ issuer, jwk }) => {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const realmPublicKey = key.export({ type: 'spki', format: 'der' }).toString('base64');
    const options = { authServerUrl: issuer, realm: 'bench', clientId: 'bench', secret: 'bench', realmPublicKey };
    return {
      imports: [keycloak.KeycloakConnectModule.register({ ...options, tokenValidation: 'offline', bearerOnly: true })],
      guards: [keycloak.AuthGuard],
    };
  },
};
