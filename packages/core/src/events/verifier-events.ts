import { EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import type { Auth } from '../auth/auth.js';
import type { AnyAuthError } from '../errors/any-auth-error.js';

/**
 * The events of a verifier, for metrics and audit. No event holds a token, a key or a secret.
 *
 * - `accepted`: a token was accepted (`cached`: it was remembered, so only its expiry, its key and revocations were checked)
 * - `refused`: a token was refused, or could not be checked
 * - `keys_refreshed`, `keys_unavailable`: a fetch of the issuer's keys succeeded, or failed
 * - `introspected`: the issuer was called to introspect a token; `outcome` `failed`: it gave no usable response
 * - `store_failed`: a shared store failed, and the verifier went on without it
 */
export interface VerifierEvents {
  accepted: [event: { auth: Auth; cached: boolean; live: boolean }];
  refused: [event: { error: AnyAuthError }];
  keys_refreshed: [event: { issuer: string; keys: number; durationMs: number }];
  keys_unavailable: [event: { issuer: string; error: unknown; durationMs: number }];
  introspected: [event: { issuer: string; outcome: 'active' | 'inactive' | 'failed'; durationMs: number }];
  store_failed: [event: { store: 'introspection' | 'revocations'; error: unknown }];
}

/** The text of an error; other values that can be thrown may have no `toString`. */
const textOf = (error: unknown): string => (error instanceof Error ? String(error) : inspect(error));

/** Emits events. An error in a listener becomes a process warning and never changes the outcome of a verification. */
export class VerifierEventEmitter {
  readonly #emitter = new EventEmitter<VerifierEvents>({ captureRejections: false });

  on<Name extends keyof VerifierEvents>(name: Name, listener: (...event: VerifierEvents[Name]) => void): () => void {
    // `await` also catches a rejection that comes later.
    const guarded = async (...event: VerifierEvents[Name]) => {
      try {
        await listener(...event);
      } catch (error) {
        process.emitWarning(`a listener of "${name}" threw: ${textOf(error)}`, 'ConnectAuthWarning');
      }
    };
    this.#emitter.on(name, guarded as never);
    return () => {
      this.#emitter.off(name, guarded as never);
    };
  }

  /** Whether there is a listener: the hot path makes no event without one. */
  listens(name: keyof VerifierEvents): boolean {
    return this.#emitter.listenerCount(name) > 0;
  }

  emit<Name extends keyof VerifierEvents>(name: Name, ...event: VerifierEvents[Name]): void {
    this.#emitter.emit(name, ...(event as never));
  }

  removeAllListeners(): void {
    this.#emitter.removeAllListeners();
  }
}
