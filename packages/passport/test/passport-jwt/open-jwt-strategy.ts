import type { Verifier } from '@connect-auth/core';
import { Strategy, type VerifyCallback } from 'passport-jwt';
import { passportJwtOptions } from '../../src/index.js';
import { openApi } from '../open-api.js';

/** An API behind passport-jwt, and what its `verify` was called with. */
export function openJwtApi(verifier: Verifier) {
  const payloads: unknown[] = [];
  const verify: VerifyCallback = (payload, done) => {
    payloads.push(payload);
    done(null, { id: payload.sub });
  };
  return { payloads, ...openApi([new Strategy(passportJwtOptions(verifier), verify)]) };
}
