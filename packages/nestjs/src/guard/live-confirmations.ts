import type { Auth } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import type { ConnectAuthVerifier } from '../connect-auth.verifier.js';

/** Whom the issuer has confirmed during a call. All guards of one call are given the same context. */
const confirmations = new WeakMap<ExecutionContext, { verifier: ConnectAuthVerifier; auth: Auth }>();

/** Remembers an answer of the issuer, so that the guards of class, method and application do not each ask for one. */
export const confirm = (verifier: ConnectAuthVerifier, context: ExecutionContext, auth: Auth): void =>
  void confirmations.set(context, { verifier, auth });

/** The caller, where this very token was confirmed during the call. */
export function confirmedBy(verifier: ConnectAuthVerifier, context: ExecutionContext, token: string): Auth | undefined {
  const confirmation = confirmations.get(context);
  return confirmation?.verifier === verifier && confirmation.auth.token === token ? confirmation.auth : undefined;
}
