import type { Verifier } from '@connect-auth/core';

/**
 * The module's verifier, for injection by its type: `verify()`, `ready()`, `health()`, `revoke()` and `on()` are there.
 * A token for Nest's container; what is injected is what `createVerifier()` made, or what the options brought.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: a class is the one kind of token that is a type as well.
export abstract class ConnectAuthVerifier {}
export interface ConnectAuthVerifier extends Verifier {}
