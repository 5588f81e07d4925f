export type { Auth } from '@connect-auth/core';
export { type ConnectRequest, ConnectStrategy, type ConnectStrategyOptions } from './connect-strategy.js';
export { type JwksRsaClient, jwksRsaKeys } from './jwks-rsa-keys.js';
export { type PassportJwtOptions, passportJwtOptions } from './passport-jwt-options.js';
