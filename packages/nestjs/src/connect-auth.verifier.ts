import type { Verifier } from '@connect-auth/core';

/**
 * The module's verifier, injected by its type; it has `verify()`, `ready()`, `health()`, `revoke()` and `on()`. The
 * class is only a token for Nest's container: the injected object is the one that `createVerifier()` made, or that the
 * options provided.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: a class is the one kind of token that is a type as well.
export abstract class ConnectAuthVerifier {}
export interface ConnectAuthVerifier extends Verifier {}
